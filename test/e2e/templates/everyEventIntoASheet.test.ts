import { EVENT_TYPES } from '../../support/jofi';
import { TemplateHarness, personalEvent } from '../../support/templateHarness';
import { golden } from '../../support/templates';

const TEMPLATE = '1-every-event-into-a-sheet';
const SHEET = '1EventsSheetEventsSheetEventsSheet';

let harness: TemplateHarness;

beforeAll(async () => {
	harness = await TemplateHarness.start();
	await harness.publishTemplate(TEMPLATE, SHEET);
});

it('writes the same columns for all events, as raw values', async () => {
	const events = EVENT_TYPES.map((type, index) =>
		personalEvent(type, { first_name: '=1+1' }, `evt_sheet_${index + 1}`),
	);
	await harness.deliverInTurn(TEMPLATE, events);

	expect(harness.google.cells(SHEET)).toEqual(golden('1-every-event-into-a-sheet'));
});
