package dev.kvs.console;

import dev.kvs.client.KvsClientException;
import dev.kvs.console.page.Notice;
import dev.kvs.console.page.Outcome;
import dev.kvs.console.page.Page;
import dev.kvs.console.page.Pages;
import dev.kvs.console.page.Visit;
import dev.kvs.console.web.Form;
import dev.kvs.console.web.Request;
import dev.kvs.console.web.Response;
import dev.kvs.console.web.Seal;
import dev.kvs.console.web.StaticFiles;
import dev.kvs.wire.ErrorCode;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** All pages: a request in, an answer out. Safe for concurrent use; blocks while the node is asked. */
public final class Console implements AutoCloseable {
    private static final String LOGIN = "/login";

    /** A path and query of ours. Browsers take a second slash, either way round, for another host, and leave out tabs. */
    private static final Pattern PLACE = Pattern.compile("/(?![/\\\\])[!-~]*");

    private final ConsoleSettings settings;
    private final InstantSource clock;
    private final Seal seal;
    private final Visitors visitors;
    private final Login login;
    private final StaticFiles files = new StaticFiles();
    private final Printer printer;
    private final Pages pages = new Pages();

    public Console(ConsoleSettings settings, InstantSource clock, RandomGenerator random) {
        this.settings = settings;
        this.clock = clock;
        this.seal = new Seal(random);
        this.visitors = new Visitors(settings, clock, seal);
        this.login = new Login(settings);
        this.printer = new Printer(settings, seal, files, visitors);
    }

    /** Answers; whatever goes wrong is a page that says so. */
    public Response answer(Request request) {
        if (request.path().startsWith("/static/")) {
            return files.answer(request).guarded();
        }
        Response response;
        if (request.comesFromElsewhere()) {
            // The browser kept the session's cookie back; asked again by our own page, it sends it.
            response = Response.html(200, "<!DOCTYPE html><title>KVS</title>").with("Refresh", "0");
        } else {
            response = toVisitor(request, visitors.of(request));
        }
        return response.guarded().zipped(request.takesGzip());
    }

    private Response toVisitor(Request request, Visitors.Visitor visitor) {
        try {
            return admit(request, visitor);
        } catch (KvsClientException.Refused refused) {
            if (refused.is(ErrorCode.UNAUTHORIZED) && visitor.session() != null) {
                return askForLogin(request, visitors.end(visitor), "Your session has ended.");
            }
            return show(request, visitor, Failures.of(refused));
        } catch (RuntimeException failure) {
            return show(request, visitor, Failures.of(failure));
        }
    }

    private Response admit(Request request, Visitors.Visitor visitor) {
        if (request.isPost() && !request.isFromOurOrigin()) {
            return show(request, visitor, Failures.foreignForm());
        }
        if (request.tooLarge()) {
            return show(request, visitor, Failures.tooLarge());
        }
        if (request.path().equals(LOGIN)) {
            return login(request, visitor);
        }
        boolean checked = visitor.session() != null || visitors.areChecked();
        if (checked && visitor.session() == null) {
            return askForLogin(request, visitor, request.isPost() ? "Your session has ended." : "");
        }
        if (request.isPost() && !hasProof(request, visitor)) {
            return show(request, visitor, resumption(403, Login.late(request)));
        }
        if (request.path().equals("/logout")) {
            return printer.answer(
                    request, visitors.end(visitor), Outcome.done(checked ? LOGIN : "/", Notice.LOGGED_OUT));
        }
        return printer.answer(request, visitor, page(request, visitor));
    }

    private boolean hasProof(Request request, Visitors.Visitor visitor) {
        return !visitor.isNew() && seal.holds(visitor.cookie(), request.form().text(Login.PROOF));
    }

    private Outcome page(Request request, Visitors.Visitor visitor) {
        Page page = pages.find(request.method(), request.path());
        if (page == null) {
            return pages.knows(request.path()) ? Failures.wrongMethod() : Failures.notFound(request.path());
        }
        var session = visitor.session();
        return page.answer(new Visit(
                request,
                session == null ? visitors.stranger() : session.kvs(),
                address -> settings.connectTo(address, session == null ? "" : session.token()),
                settings.server(),
                visitor.user(),
                visitor.user().isEmpty() ? visitor.cookie() : visitor.user(),
                clock.instant()));
    }

    private Response show(Request request, Visitors.Visitor visitor, Outcome.View view) {
        return printer.answer(request, visitor, view);
    }

    private Response askForLogin(Request request, Visitors.Visitor visitor, String problem) {
        if (request.isRefresh()) {
            return Response.empty(401);
        }
        if (request.isPost()) {
            return show(request, visitor, loginPage(401, Login.before(request, problem)));
        }
        String to = request.target();
        return printer.answer(
                request, visitor, Outcome.done(LOGIN + Form.query("to", to.equals("/") ? "" : to), Notice.NONE));
    }

    private static Outcome.View loginPage(int status, Login.Model model) {
        return new Outcome.View(status, "login", "Log in", "", model, false);
    }

    private Response login(Request request, Visitors.Visitor visitor) {
        if (!request.isPost()) {
            if (visitor.session() != null || !visitors.areChecked()) {
                return printer.answer(request, visitor, Outcome.done("/", Notice.NONE));
            }
            Login.Model model = Login.before(request, "");
            String to = request.query().text("to");
            return show(request, visitor, loginPage(200, new Login.Model("", "", to, model.resumed())));
        }
        if (!hasProof(request, visitor)) {
            String problem = "This page was opened before you logged in elsewhere, or before the console was started"
                    + " anew. Log in once more.";
            return show(request, visitor, loginPage(403, Login.again(request.form(), problem)));
        }
        return switch (login.attempt(request)) {
            case Login.Result.Bad(int status, Login.Model model) -> show(request, visitor, loginPage(status, model));
            case Login.Result.Good(var session) -> loggedIn(request, visitors.begin(visitor, session));
        };
    }

    private Response loggedIn(Request request, Visitors.Visitor visitor) {
        Login.Resumption resumption = Login.resumption(request.form());
        if (!resumption.path().isEmpty()) {
            return show(request, visitor, resumption(200, resumption));
        }
        String to = request.form().text("to");
        return printer.answer(request, visitor, Outcome.done(PLACE.matcher(to).matches() ? to : "/", Notice.NONE));
    }

    private static Outcome.View resumption(int status, Login.Resumption resumption) {
        return new Outcome.View(status, "resume", resumption.title(), "Overview", resumption, false);
    }

    @Override
    public void close() {
        visitors.close();
    }
}
