import { EVENT_TYPES } from '../../support/jofi';
import { Office, personalEvent } from '../../support/office';
import { golden } from '../../support/templates';

const TEMPLATE = '1-every-event-into-a-sheet';
const SHEET = '1EventsSheetEventsSheetEventsSheet';

let office: Office;

beforeAll(async () => {
	office = await Office.open();
	await office.use(TEMPLATE, SHEET);
});

afterAll(async () => {
	await office?.close();
});

it('writes the same columns for all events, as raw values', async () => {
	const events = EVENT_TYPES.map((type, index) =>
		personalEvent(type, { first_name: '=1+1' }, `evt_sheet_${index + 1}`),
	);
	await office.runs(TEMPLATE, events);

	expect(office.google.cells(SHEET)).toEqual(golden('1-every-event-into-a-sheet'));
});
