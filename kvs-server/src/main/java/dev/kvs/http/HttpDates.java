package dev.kvs.http;

/**
 * {@code Last-Modified} without a formatter: {@code Sun, 06 Nov 1994 08:49:37 GMT} (RFC 9110, 5.6.7). Written for every
 * GET, where {@code DateTimeFormatter} was a tenth of the whole answer.
 *
 * <p>Days to date: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", {@code civil_from_days}.
 */
final class HttpDates {
    private static final String[] DAYS = {"Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"};
    private static final String[] MONTHS = {
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
    };
    private static final int DAY_SECONDS = 86_400;

    private HttpDates() {}

    /** The date of a moment, milliseconds since the epoch, 0 to year 9999. */
    static String of(long millis) {
        long seconds = millis / 1000;
        long days = seconds / DAY_SECONDS;
        int second = (int) (seconds % DAY_SECONDS);
        long shifted = days + 719_468;
        long era = shifted / 146_097;
        int dayOfEra = (int) (shifted - era * 146_097);
        int yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int monthFromMarch = (5 * dayOfYear + 2) / 153;
        int day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1;
        int month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
        long year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);

        StringBuilder text =
                new StringBuilder(29).append(DAYS[(int) (days % 7)]).append(", ");
        two(text, day)
                .append(' ')
                .append(MONTHS[month - 1])
                .append(' ')
                .append(year)
                .append(' ');
        two(text, second / 3600).append(':');
        two(text, second / 60 % 60).append(':');
        return two(text, second % 60).append(" GMT").toString();
    }

    private static StringBuilder two(StringBuilder text, int number) {
        return text.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
    }
}
