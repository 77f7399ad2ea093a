package holdfast.staff;

import holdfast.http.ShowsStrayProblems;

import org.springframework.stereotype.Component;

/** Tells staff of problems where no page does. */
@Component
class StrayWork extends StaffPage implements ShowsStrayProblems {

    StrayWork(Colleagues colleagues) {
        super(colleagues);
    }

    @Override
    public boolean isOurs(String path) {
        return path.matches("/staff(/.*)?");
    }
}
