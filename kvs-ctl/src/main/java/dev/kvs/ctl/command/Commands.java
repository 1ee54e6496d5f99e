package dev.kvs.ctl.command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * The table of commands. A command line is put together from those commands alone whose names stand on it: reading the
 * annotations of all of them would cost every start more than most commands take.
 */
public final class Commands {
    /** Wide enough for the examples, narrow enough for half a screen. Asking the terminal would start a process. */
    private static final int HELP_WIDTH = 110;

    private final Session session;
    private final Map<String, Function<Session, Action>> table = new LinkedHashMap<>();

    public Commands(Session session) {
        this.session = session;
        table.put("get", GetCommand::new);
        table.put("put", PutCommand::new);
        table.put("del", DelCommand::new);
        table.put("patch", PatchCommand::new);
        table.put("edit", EditCommand::new);
        table.put("touch", TouchCommand::new);
        table.put("cp", CopyCommand::new);
        table.put("mv", MoveCommand::new);
        table.put("exists", ExistsCommand::new);
        table.put("ls", LsCommand::new);
        table.put("find", FindCommand::new);
        table.put("watch", WatchCommand::new);
        table.put("export", ExportCommand::new);
        table.put("import", ImportCommand::new);
        table.put("history", HistoryCommand::new);
        table.put("diff", DiffCommand::new);
        table.put("restore", RestoreCommand::new);
        table.put("explain", ExplainCommand::new);
        table.put("status", StatusCommand::new);
        table.put("wait", WaitCommand::new);
        groups();
        access();
        table.put("metrics", MetricsCommand::new);
        table.put("compact", CompactCommand::new);
        table.put("doctor", DoctorCommand::new);
        table.put("bench", BenchCommand::new);
        group(new Group("context", "Clusters kept under a name.")
                .with("list", ContextListCommand::new)
                .with("use", ContextUseCommand::new)
                .with("set", ContextSetCommand::new)
                .with("show", ContextShowCommand::new)
                .with("delete", ContextDeleteCommand::new));
        table.put("open", OpenCommand::new);
        table.put("completion", CompletionCommand::new);
        table.put("version", VersionCommand::new);
        table.put("help", any -> new HelpCommand(any, this));
    }

    private void groups() {
        group(new Group("members", "Who is in the cluster.")
                .with("list", MembersListCommand::new)
                .with("show", MembersShowCommand::new)
                .with("join", MembersJoinCommand::new)
                .with("leave", MembersLeaveCommand::new));
        group(new Group("sync", "How far the members agree.")
                .with("status", SyncStatusCommand::new)
                .with("now", SyncNowCommand::new));
        group(new Group("merkle", "The trees by which nodes compare what they hold.")
                .with("root", MerkleRootCommand::new)
                .with("diff", MerkleDiffCommand::new));
        group(new Group("conflict", "Versions of a key that did not know of each other.")
                .with("list", ConflictListCommand::new)
                .with("show", ConflictShowCommand::new)
                .with("explain", ExplainCommand::new)
                .with("seed", ConflictSeedCommand::new));
        group(new Group("audit", "Who has done what on a node, and whether the record of it was changed.")
                .with("tail", AuditTailCommand::new)
                .with("search", AuditSearchCommand::new)
                .with("verify", AuditVerifyCommand::new));
        group(new Group("mode", "Whether a node takes writes.")
                .with("get", ModeGetCommand::new)
                .with("set", ModeSetCommand::new));
        group(new Group("config", "What nodes are configured to do.")
                .with("show", ConfigShowCommand::new)
                .with("diff", ConfigDiffCommand::new)
                .with("validate", ConfigValidateCommand::new));
    }

    private void access() {
        table.put("login", LoginCommand::new);
        table.put("logout", LogoutCommand::new);
        table.put("whoami", WhoAmICommand::new);
        group(new Group("user", "Who may use the cluster.")
                .with("list", UserListCommand::new)
                .with("show", UserShowCommand::new)
                .with("create", UserCreateCommand::new)
                .with("update", UserUpdateCommand::new)
                .with("delete", UserDeleteCommand::new));
        group(new Group("group", "Users who share what they may do.")
                .with("list", GroupListCommand::new)
                .with("show", GroupShowCommand::new)
                .with("create", GroupCreateCommand::new)
                .with("update", GroupUpdateCommand::new)
                .with("delete", GroupDeleteCommand::new));
        group(new Group("token", "What programs and people show to be let in.")
                .with("list", TokenListCommand::new)
                .with("create", TokenCreateCommand::new)
                .with("revoke", TokenRevokeCommand::new));
        group(new Group("acl", "Whose a value is, and who may do what with it.")
                .with("get", AclGetCommand::new)
                .with("set", AclSetCommand::new)
                .with("check", AclCheckCommand::new));
        group(new Group("policy", "Who may create below a prefix, and what new values get.")
                .with("list", PolicyListCommand::new)
                .with("set", PolicySetCommand::new)
                .with("delete", PolicyDeleteCommand::new));
    }

    private void group(Group group) {
        table.put(group.name(), any -> group);
    }

    /** Adds a command that uses others, before {@code help}. */
    public Commands with(String name, Function<Session, Action> command) {
        Function<Session, Action> help = Objects.requireNonNull(table.remove("help"), "help is a command");
        table.put(name, command);
        table.put("help", help);
        return this;
    }

    /** The first words of all commands, in the order of the help. */
    public Stream<String> names() {
        return table.keySet().stream();
    }

    /** A command line with those commands whose names are among the words, which fills in the given options. */
    public CommandLine named(GlobalOptions options, List<String> words) {
        return line(options, words::contains);
    }

    /** A command line with every command, which fills in the given options. */
    public CommandLine all(GlobalOptions options) {
        return line(options, name -> true);
    }

    /** Does what the command {@code version} does. */
    public int version() {
        return new VersionCommand(session).run().code();
    }

    private CommandLine line(GlobalOptions options, Predicate<String> wanted) {
        CommandLine line = new CommandLine(RootCommand.spec(options));
        table.forEach((name, command) -> {
            if (wanted.test(name)) {
                line.addSubcommand(name, part(command.apply(session)));
            }
        });
        line.setUsageHelpWidth(HELP_WIDTH);
        line.setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
        line.setAbbreviatedOptionsAllowed(false);
        // put takes @FILE as a document; left alone, picocli would take it as a file of more arguments.
        line.setExpandAtFiles(false);
        line.getSubcommands().values().forEach(Commands::shorten);
        return line;
    }

    /** As picocli takes it. A switch over the kinds would cost each start some milliseconds to link. */
    private Object part(Action action) {
        if (action instanceof Group group) {
            return group.line(session);
        }
        return action instanceof SelfDescribed described ? new CommandLine(described.spec()) : action;
    }

    /** A command's help lists its own flags; those that all share are listed once, by {@code kvsctl help}. */
    private static void shorten(CommandLine command) {
        command.getSubcommands().values().forEach(Commands::shorten);
        command.getCommandSpec().usageMessage().abbreviateSynopsis(true);
        command.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, help -> {
            List<OptionSpec> own = help.commandSpec().options().stream()
                    .filter(option -> !option.inherited())
                    .toList();
            return help.optionListExcludingGroups(own);
        });
        command.getHelpSectionMap()
                .put(
                        UsageMessageSpec.SECTION_KEY_END_OF_OPTIONS,
                        help -> "Flags that every command takes: kvsctl help\n");
    }
}
