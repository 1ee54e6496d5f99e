package dev.kvs.console;

import dev.kvs.client.KvsClient;
import dev.kvs.client.KvsClientException;
import dev.kvs.console.web.Form;
import dev.kvs.console.web.Request;
import dev.kvs.console.web.Sessions;
import dev.kvs.wire.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Becoming somebody: by name and password, or by a token that one has. */
final class Login {
    /** The field that proves a form to be ours. */
    static final String PROOF = "proof";

    private static final String RESUME = "resume.";
    private static final String FIELD = RESUME + "field.";

    private final ConsoleSettings settings;

    Login(ConsoleSettings settings) {
        this.settings = settings;
    }

    /**
     * The page's model.
     *
     * @param problem why it did not work; empty at first
     * @param to where to go then, below the mount
     * @param resumed what was being sent when the session had ended; empty for nothing
     */
    public record Model(String problem, String user, String to, List<Carried> resumed) {}

    /** A field of what was being sent. A name comes several times where several boxes are ticked. */
    public record Carried(String name, String value) {}

    /**
     * What was being sent, to be sent again.
     *
     * @param title of the page that asks
     * @param why it has to be asked
     */
    public record Resumption(String title, String why, String path, List<Carried> fields) {
        /** The text that was typed in the editor; empty for another form. */
        public String text() {
            return fields.stream()
                    .filter(field -> field.name().equals("text"))
                    .map(Carried::value)
                    .findFirst()
                    .orElse("");
        }
    }

    /** What a login came to: a session, or the page again. */
    sealed interface Result {
        record Good(Sessions.Session session) implements Result {}

        record Bad(int status, Model page) implements Result {}
    }

    Result attempt(Request request) {
        Form form = request.form();
        String token = form.text("token").strip();
        String user = form.text("user").strip();
        try {
            String good = token.isEmpty() ? token(user, form.text("password"), request.pass()) : token;
            String name = name(good, request.pass());
            return new Result.Good(new Sessions.Session(name, good, settings.connect(good)));
        } catch (KvsClientException.Refused refused) {
            String why = refused.is(ErrorCode.UNAUTHORIZED)
                    ? (token.isEmpty() ? "The name or the password is wrong." : "The node does not take this token.")
                    : refused.detail();
            return new Result.Bad(refused.status(), again(form, why));
        } catch (IllegalArgumentException noToken) {
            return new Result.Bad(400, again(form, "This is not a token: " + noToken.getMessage()));
        }
    }

    private String token(String user, String password, String pass) {
        try (KvsClient stranger = settings.connectFor(pass, "")) {
            String token = stranger.access().login(user, password).token();
            return token == null ? "" : token;
        }
    }

    private String name(String token, String pass) {
        try (KvsClient kvs = settings.connectFor(pass, token)) {
            return kvs.access().whoAmI().user();
        }
    }

    /** The page once more, with what it had and what it carried. */
    static Model again(Form form, String problem) {
        return new Model(
                problem,
                form.text("user"),
                form.text("to"),
                carried(form, name -> name.startsWith(RESUME) ? name : ""));
    }

    /** The page for a request that needed a login; what was posted goes along. */
    static Model before(Request request, String problem) {
        List<Carried> resumed = new ArrayList<>();
        if (request.isPost()) {
            resumed.add(new Carried(RESUME + "path", request.path()));
            resumed.addAll(carried(request.form(), name -> name.equals(PROOF) ? "" : FIELD + name));
        }
        return new Model(problem, "", "", resumed);
    }

    /** What a login form has carried along; its path is empty when there was nothing. */
    static Resumption resumption(Form form) {
        return new Resumption(
                "Welcome back",
                "Your session had ended while you were sending a form.",
                form.text(RESUME + "path"),
                carried(form, name -> name.startsWith(FIELD) ? name.substring(FIELD.length()) : ""));
    }

    /** A form whose page is older than the login, or than the console itself. */
    static Resumption late(Request request) {
        return new Resumption(
                "Send it once more",
                "The page with this form was opened before you logged in, or before the console was started anew.",
                request.path(),
                carried(request.form(), name -> name.equals(PROOF) ? "" : name));
    }

    /** All values of a form's fields, under other names; those that get an empty one are left out. */
    private static List<Carried> carried(Form form, UnaryOperator<String> renamed) {
        List<Carried> carried = new ArrayList<>();
        form.fields().forEach((name, values) -> {
            String other = renamed.apply(name);
            values.stream()
                    .filter(_ -> !other.isEmpty())
                    .map(value -> new Carried(other, value))
                    .forEach(carried::add);
        });
        return carried;
    }
}
