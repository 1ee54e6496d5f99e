package dev.kvs.console;

import dev.kvs.client.KvsClient;
import dev.kvs.client.KvsClientException;
import dev.kvs.console.web.Form;
import dev.kvs.console.web.Request;
import dev.kvs.console.web.Sessions;
import dev.kvs.wire.ErrorCode;
import java.util.LinkedHashMap;
import java.util.Map;

/** Becoming somebody: by name and password, or by a token that one has. */
final class Login {
    private static final String RESUME = "resume.";

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
    public record Model(String problem, String user, String to, Map<String, String> resumed) {}

    /** What was being sent, to be sent again. */
    public record Resumption(String path, Map<String, String> fields) {}

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

    private static Model again(Form form, String problem) {
        Map<String, String> resumed = new LinkedHashMap<>();
        form.fields().forEach((name, values) -> {
            if (name.startsWith(RESUME)) {
                resumed.put(name, values.getFirst());
            }
        });
        return new Model(problem, form.text("user"), form.text("to"), resumed);
    }

    /** The page for a request that needed a login; what was posted goes along. */
    static Model before(Request request, String problem) {
        Map<String, String> resumed = new LinkedHashMap<>();
        if (request.isPost()) {
            resumed.put(RESUME + "path", request.path());
            request.form().fields().forEach((name, values) -> {
                if (!name.equals("proof")) {
                    resumed.put(RESUME + "field." + name, values.getFirst());
                }
            });
        }
        return new Model(problem, "", "", resumed);
    }

    /** What a login form has carried along; its path is empty when there was nothing. */
    static Resumption resumption(Form form) {
        Map<String, String> fields = new LinkedHashMap<>();
        form.fields().forEach((name, values) -> {
            if (name.startsWith(RESUME + "field.")) {
                fields.put(name.substring((RESUME + "field.").length()), values.getFirst());
            }
        });
        return new Resumption(form.text(RESUME + "path"), fields);
    }
}
