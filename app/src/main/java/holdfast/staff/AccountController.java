package holdfast.staff;

import static holdfast.staff.SignInController.seeOther;

import holdfast.members.OwnPassword;
import holdfast.members.OwnPassword.Fault;
import holdfast.members.SignIn;
import holdfast.members.SignedIn;

import io.swagger.v3.oas.annotations.Hidden;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;

import java.util.Objects;
import java.util.Set;

/** What people may change of their own account: the password. */
@Controller
@Hidden
@RequestMapping("/staff/{tenant}/account")
class AccountController extends StaffPage {

    private final OwnPassword password;
    private final SignIn signIn;

    AccountController(Colleagues colleagues, OwnPassword password, SignIn signIn) {
        super(colleagues);
        this.password = password;
        this.signIn = signIn;
    }

    @GetMapping
    String form(Colleague me, HttpServletRequest request, Model model) {
        model.addAttribute("changed", request.getParameter("changed") != null);
        return form(me, Set.of(), model);
    }

    @PostMapping("/password")
    Object change(
            Colleague me, HttpServletRequest request, HttpServletResponse response, Model model) {
        var faults =
                password.change(
                        who(me),
                        text(request, "current"),
                        text(request, "wanted"),
                        text(request, "again"),
                        request,
                        response);
        if (faults.isEmpty()) {
            return seeOther(me.home() + "/account?changed");
        }
        if (faults.contains(Fault.TOO_MANY)) {
            response.setStatus(HttpStatus.TOO_MANY_REQUESTS.value());
            response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(signIn.secondsToWait()));
        } else {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        }
        return form(me, faults, model);
    }

    private String form(Colleague me, Set<Fault> faults, Model model) {
        model.addAttribute("hasPassword", password.has(who(me)));
        model.addAttribute("shortest", OwnPassword.SHORTEST);
        model.addAttribute("minutes", Math.ceilDiv(signIn.secondsToWait(), 60));
        model.addAttribute("faults", faults.stream().map(Fault::name).toList());
        return "staff/account";
    }

    private static SignedIn who(Colleague me) {
        return Objects.requireNonNull(me.who(), "the security filters let nobody else in");
    }

    /** As typed: spaces count. */
    private static String text(HttpServletRequest request, String name) {
        return Objects.requireNonNullElse(request.getParameter(name), "");
    }
}
