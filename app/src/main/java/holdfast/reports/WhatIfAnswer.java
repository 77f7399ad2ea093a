package holdfast.reports;

import holdfast.catalogue.BranchId;

import java.time.LocalDate;
import java.util.List;

/**
 * How much of the same demand finds places under two catalogues.
 *
 * @param from local date of visits, inclusive
 * @param to local date of visits, inclusive
 * @param demand how many visits were wanted
 * @param fitsNow how many of them find places under the catalogue as it is
 * @param fitsThen how many would under the other one
 * @param rows by branch and hour
 */
public record WhatIfAnswer(
        LocalDate from, LocalDate to, long demand, long fitsNow, long fitsThen, List<Row> rows) {

    /**
     * The same for one branch and hour.
     *
     * @param hour local, of the start
     * @param more negative: fewer
     */
    public record Row(
            BranchId branchId, int hour, long demand, long fitsNow, long fitsThen, long more) {}
}
