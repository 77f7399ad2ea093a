// A whole booking with the client that is generated from docs/openapi.json.
// Arguments: the address of a node, a tenant of it that books without tokens, a token for searching.

import { AppointmentsApi, BookingApi, Configuration, ResponseError, ServicesApi } from './client/index.js';

declare const process: { argv: string[] };

function expect(holds: boolean, what: string): void {
    if (!holds) {
        throw new Error(`Expected: ${what}`);
    }
}

const [basePath, xTENANTID, token] = process.argv.slice(2) as [string, string, string];
const anybody = new Configuration({ basePath });
const desk = new Configuration({ basePath, accessToken: `Bearer ${token}` });
const booking = new BookingApi(anybody);
const appointments = new AppointmentsApi(anybody);

const services = await new ServicesApi(anybody).listServices({ xTENANTID, acceptLanguage: 'en-US' });
const offered = services.find(each => each.service.id === 'passport');
expect(offered?.service.name === 'Passport', 'the service in English');

const asked = { xTENANTID, serviceId: 'passport', branchId: offered!.branch.id };
const slots = await booking.listTimeslots(asked);
const { timeSlot } = slots[Math.floor(slots.length / 2)]!;

const held = await booking.reserve({
    xTENANTID,
    reserveRequest: { serviceId: 'passport', branchId: offered!.branch.id, timeSlot },
});
expect(held.status === 'RESERVED', 'a hold');

try {
    await booking.reserve({
        xTENANTID,
        reserveRequest: { serviceId: 'passport', branchId: offered!.branch.id, timeSlot },
    });
    throw new Error('The same slot was given twice');
} catch (refusal) {
    expect(refusal instanceof ResponseError && refusal.response.status === 409, 'a refusal');
    const problem = await (refusal as ResponseError).response.json();
    expect(problem.type === '/problems/slot-taken', 'its type');
}

const id = held.reservationId;
const personalIdentifier = 'typescript01';
const confirmed = await booking.confirm({
    xTENANTID,
    id,
    confirmRequest: {
        personalIdentifier,
        firstName: 'Ada',
        lastName: 'Lovelace',
        email: 'ada@example.org',
        phoneNumber: '+49 30 1234567',
        dateOfBirth: new Date('1985-12-10'),
    },
});
expect(confirmed.status === 'CONFIRMED', 'an appointment');
expect(confirmed.timeSlot.startTime.getTime() === timeSlot.startTime.getTime(), 'its time');

const search = { xTENANTID, searchRequest: { customer: { personalIdentifier } } };
const found = await new AppointmentsApi(desk).searchAppointments(search);
expect(found.length === 1 && found[0]!.appointmentId === id, 'it is found');

await appointments.cancel({ xTENANTID, id, reason: 'ill' });
expect((await appointments.getAppointment({ xTENANTID, id })).status === 'CANCELLED', 'cancelled');

console.log(id);
