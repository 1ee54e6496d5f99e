package dev.kvs.platform;

/** What went wrong in a simulated world. Counted when it really happened, not when it was asked for. */
public enum SimFault {
    /** A message vanished on its way. */
    LOST,
    /** A message arrived twice. */
    DUPLICATED,
    /** A message was held back, so that later ones could overtake it. */
    REORDERED,
    /** A message met a cut link. */
    CUT,
    /** A message arrived at a machine that had gone down, or come up again, since it was sent. */
    LOST_IN_CRASH,
    /** A slow machine was late with a message or a timer. */
    SLOWED,
    /** A process was killed, its machine stayed. */
    KILLED,
    /** A machine went dark. */
    POWER_CUT,
    /** A machine stood still for a while. */
    PAUSED,
    /** A wall clock jumped. */
    CLOCK_JUMPED
}
