import { Office, personalEvent } from '../../support/office';
import { golden } from '../../support/templates';

const TEMPLATE = '2-one-row-per-person';
const SHEET = '1PersonsSheetPersonsSheetPersons';

let office: Office;

beforeAll(async () => {
	office = await Office.open();
	await office.use(TEMPLATE, SHEET);
});

afterAll(async () => {
	await office?.close();
});

it('fills the row of a person further, and never empties it', async () => {
	await office.runs(TEMPLATE, [
		personalEvent('invitation.created', {}, 'evt_person_1'),
		personalEvent(
			'invitation.created',
			{ id: 777, first_name: '=1+1', last_name: null, email: '+49 30@example.com' },
			'evt_person_2',
		),
	]);
	const [header, ...persons] = office.google.cells(SHEET);
	expect(persons).toHaveLength(2);

	await office.runs(TEMPLATE, [
		personalEvent('invitation.accepted', {}, 'evt_person_3'),
		personalEvent('test_taker.assessment_completed', {}, 'evt_person_4'),
		personalEvent('career_navigation_profile.created', {}, 'evt_person_5'),
	]);
	expect(office.google.cells(SHEET)[0]).toEqual(header);
	expect(office.google.cells(SHEET)).toEqual(golden('2-one-row-per-person'));
});
