package holdfast.staff;

import holdfast.members.OutsideSignIn;
import holdfast.members.OutsideSignIn.Outcome;
import holdfast.members.OutsideSignIn.Result;
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
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;
import org.springframework.web.servlet.view.RedirectView;

import java.util.Locale;

/** The way in and the way out, and what stands between. */
@Controller
@Hidden
@RequestMapping("/staff/{tenant}")
public class SignInController extends StaffPage {

    private final SignIn signIn;
    private final OutsideSignIn outside;

    SignInController(Colleagues colleagues, SignIn signIn, OutsideSignIn outside) {
        super(colleagues);
        this.signIn = signIn;
        this.outside = outside;
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

    /** A link and no form: the pages' policy lets no form lead to another site. */
    @GetMapping("/sign-in/{provider}")
    Object goTo(
            Colleague me,
            @PathVariable String provider,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        var way = way(me, provider);
        var there = outside.begin(me.tenant(), way.name(), next(me, request), request, response);
        return there.isPresent()
                ? seeOther(there.get().toString())
                : failed(me, way, new Result(Outcome.SILENT, next(me, request)), response, model);
    }

    @GetMapping("/sign-in/{provider}/done")
    Object comeBack(
            Colleague me,
            @PathVariable String provider,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        var way = way(me, provider);
        var result = outside.finish(me.tenant(), way.name(), request, response);
        return result.outcome() == Outcome.SIGNED_IN
                ? seeOther(ours(me, result.next()))
                : failed(me, way, result, response, model);
    }

    private OutsideSignIn.Way way(Colleague me, String provider) {
        return outside.way(me.tenant(), provider)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }

    private Object failed(
            Colleague me,
            OutsideSignIn.Way way,
            Result result,
            HttpServletResponse response,
            Model model) {
        var status =
                switch (result.outcome()) {
                    case SIGNED_IN -> HttpStatus.OK;
                    case STALE -> HttpStatus.BAD_REQUEST;
                    case DECLINED, NOBODY -> HttpStatus.FORBIDDEN;
                    case SILENT -> HttpStatus.SERVICE_UNAVAILABLE;
                    case UNUSABLE -> HttpStatus.BAD_GATEWAY;
                };
        response.setStatus(status.value());
        model.addAttribute("provider", way.title());
        model.addAttribute("left", false);
        return form(
                me,
                ours(me, result.next()),
                "",
                result.outcome().name().toLowerCase(Locale.ROOT),
                model);
    }

    @PostMapping("/sign-out")
    Object signOut(
            Colleague me, HttpServletRequest request, HttpServletResponse response, Model model) {
        var afterwards = me.home() + "/sign-in?left";
        var back = ServletUriComponentsBuilder.fromContextPath(request).toUriString() + afterwards;
        var elsewhere = signIn.signOut(me.tenant(), back, request, response);
        if (elsewhere.isEmpty()) {
            return seeOther(afterwards);
        }
        // not by a redirect, which the pages' policy stops after a form
        response.setHeader("Refresh", "0; url=" + elsewhere.get().page());
        model.addAttribute("elsewhere", elsewhere.get());
        return "staff/leaving";
    }

    /** Where whoever may not see a page is led to, whatever the method was. */
    @RequestMapping("/denied")
    String denied(Colleague me, HttpServletResponse response) {
        response.setStatus(HttpStatus.FORBIDDEN.value());
        return "staff/denied";
    }

    private String form(
            Colleague me, HttpServletRequest request, Model model, @Nullable String failed) {
        model.addAttribute("left", request.getParameter("left") != null);
        return form(me, next(me, request), text(request, "userName"), failed, model);
    }

    private String form(
            Colleague me, String next, String userName, @Nullable String failed, Model model) {
        model.addAttribute("next", next);
        model.addAttribute("userName", userName);
        model.addAttribute("failed", failed);
        model.addAttribute("ways", outside.ways(me.tenant()));
        model.addAttribute("passwords", signIn.takesPasswords(me.tenant()));
        return "staff/sign-in";
    }

    private static String next(Colleague me, HttpServletRequest request) {
        return ours(me, text(request, "continue"));
    }

    /** Only a page of these: whoever signs in is led nowhere else. */
    private static String ours(Colleague me, String wanted) {
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
