package holdfast.staff;

import holdfast.http.ShowsProblems;
import holdfast.http.Telling;
import holdfast.pages.Page;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.servlet.ModelAndView;

import java.util.List;

/** What all pages of the staff have in common: how they show a problem. */
public abstract class StaffPage implements ShowsProblems {

    private final Colleagues colleagues;

    protected StaffPage(Colleagues colleagues) {
        this.colleagues = colleagues;
    }

    @Override
    public ModelAndView show(
            ProblemDetail problem, HttpServletRequest request, HttpServletResponse response) {
        response.setStatus(problem.getStatus());
        var shown = new ModelAndView("staff/problem");
        shown.setStatus(HttpStatusCode.valueOf(problem.getStatus()));
        try {
            var colleague = colleagues.find(request, response);
            shown.addAllObjects(Colleagues.shown(colleague));
            return shown.addObject("problem", colleague.telling().told(problem));
        } catch (ErrorResponseException noSuchTenant) {
            shown.addObject("page", new Page("Holdfast", null, null, null, "English", List.of()));
            shown.addObject("foot", "Holdfast");
            var telling = new Telling(Colleagues.ENGLISH, Colleagues.ENGLISH);
            return shown.addObject("problem", telling.told(problem));
        }
    }
}
