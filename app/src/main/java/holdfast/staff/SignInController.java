package holdfast.staff;

import holdfast.members.SignIn;

import io.swagger.v3.oas.annotations.Hidden;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.view.RedirectView;

/** The way in and the way out, and what stands between. */
@Controller
@Hidden
@RequestMapping("/staff/{tenant}")
public class SignInController extends StaffPage {

    private final SignIn signIn;

    SignInController(Colleagues colleagues, SignIn signIn) {
        super(colleagues);
        this.signIn = signIn;
    }

    @GetMapping
    Object home(Colleague me) {
        return me.isAtTheDesk() ? seeOther(me.home() + "/desk") : "staff/home";
    }

    @GetMapping("/sign-in")
    Object form(Colleague me, HttpServletRequest request, Model model) {
        if (me.who() != null) {
            return seeOther(next(me, request));
        }
        return form(me, request, model, null);
    }

    @PostMapping("/sign-in")
    Object signIn(
            Colleague me, HttpServletRequest request, HttpServletResponse response, Model model) {
        var outcome =
                signIn.signIn(
                        me.tenant(),
                        text(request, "userName"),
                        text(request, "password"),
                        request,
                        response);
        return switch (outcome) {
            case SIGNED_IN -> seeOther(next(me, request));
            case WRONG -> {
                response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
                yield form(me, request, model, "wrong");
            }
            case TOO_MANY -> {
                response.setStatus(HttpStatus.TOO_MANY_REQUESTS.value());
                response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(signIn.secondsToWait()));
                model.addAttribute("minutes", Math.ceilDiv(signIn.secondsToWait(), 60));
                yield form(me, request, model, "too-many");
            }
        };
    }

    @PostMapping("/sign-out")
    RedirectView signOut(Colleague me, HttpServletRequest request, HttpServletResponse response) {
        signIn.signOut(me.tenant(), request, response);
        return seeOther(me.home() + "/sign-in?left");
    }

    /** Where whoever may not see a page is led to, whatever the method was. */
    @RequestMapping("/denied")
    String denied(Colleague me, HttpServletResponse response) {
        response.setStatus(HttpStatus.FORBIDDEN.value());
        return "staff/denied";
    }

    private static String form(
            Colleague me, HttpServletRequest request, Model model, @Nullable String failed) {
        model.addAttribute("next", next(me, request));
        model.addAttribute("userName", text(request, "userName"));
        model.addAttribute("failed", failed);
        model.addAttribute("left", request.getParameter("left") != null);
        return "staff/sign-in";
    }

    /** Only to a page of these: whoever signs in is led nowhere else. */
    private static String next(Colleague me, HttpServletRequest request) {
        var wanted = text(request, "continue");
        return wanted.startsWith(me.home() + "/") && !wanted.contains("\\") ? wanted : me.home();
    }

    private static String text(HttpServletRequest request, String name) {
        var text = request.getParameter(name);
        return text == null ? "" : text;
    }

    public static RedirectView seeOther(String address) {
        var redirect = new RedirectView(address);
        redirect.setStatusCode(HttpStatus.SEE_OTHER);
        redirect.setExposeModelAttributes(false);
        redirect.setExpandUriTemplateVariables(false);
        return redirect;
    }
}
