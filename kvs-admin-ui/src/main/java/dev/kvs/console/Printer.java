package dev.kvs.console;

import dev.kvs.client.KvsClientException;
import dev.kvs.console.page.Notice;
import dev.kvs.console.page.Outcome;
import dev.kvs.console.page.Pages;
import dev.kvs.console.view.Shell;
import dev.kvs.console.web.Form;
import dev.kvs.console.web.Request;
import dev.kvs.console.web.Response;
import dev.kvs.console.web.Seal;
import dev.kvs.console.web.StaticFiles;
import dev.kvs.wire.HealthReport;
import java.util.List;
import java.util.Optional;

/** Makes answers of what pages give, with the frame around them. */
final class Printer {
    private final ConsoleSettings settings;
    private final Seal seal;
    private final StaticFiles files;
    private final Visitors visitors;
    private final Templates templates = new Templates();

    Printer(ConsoleSettings settings, Seal seal, StaticFiles files, Visitors visitors) {
        this.settings = settings;
        this.seal = seal;
        this.files = files;
        this.visitors = visitors;
    }

    Response answer(Request request, Visitors.Visitor visitor, Outcome outcome) {
        Response response = switch (outcome) {
            case Outcome.View view -> Response.html(view.status(), html(request, visitor, view));
            case Outcome.Redirect redirect -> Response.seeOther(settings.mount() + target(redirect));
            case Outcome.Text text -> Response.text(text.type(), text.text());
            case Outcome.Stream stream -> Response.of("text/event-stream", stream.feed());
            case Outcome.Download file ->
                Response.of(file.type(), file.feed())
                        .with("Content-Disposition", "attachment; filename=\"" + file.name() + "\"");
        };
        return visitor.isNew() && !request.isRefresh()
                ? response.with("Set-Cookie", settings.setCookie(visitor.cookie(), request.secure()))
                : response;
    }

    private static String target(Outcome.Redirect redirect) {
        String done = redirect.notice().word();
        String separator = redirect.href().contains("?") ? "&" : "?";
        return done.isEmpty() ? redirect.href() : redirect.href() + separator + "done=" + Form.encode(done);
    }

    private String html(Request request, Visitors.Visitor visitor, Outcome.View view) {
        Optional<HealthReport> health = health();
        boolean inside = visitor.session() != null || !view.section().isEmpty() || visitors.areFree();
        Shell shell = new Shell(
                view.title(),
                view.section(),
                settings.mount(),
                settings.mount() + files.folder(),
                health.map(HealthReport::nodeId).orElse(""),
                health.map(HealthReport::mode).orElse(""),
                health.map(report -> report.memberCount() == 1 ? "a single node" : report.memberCount() + " members")
                        .orElse(""),
                health.map(HealthReport::version).orElse(""),
                visitor.user(),
                seal.proof(visitor.cookie()),
                inside ? Pages.NAVIGATION : List.of(),
                Notice.sentenceOf(request.query().text("done")),
                view.live());
        return templates.print(view.template(), shell, view.model());
    }

    /** The banner's; a node that does not answer is told in the page itself. */
    private Optional<HealthReport> health() {
        try {
            return Optional.of(visitors.stranger().health());
        } catch (KvsClientException silent) {
            return Optional.empty();
        }
    }
}
