import { COLUMN_NAMES, MOST_USED_COLUMNS } from '../../../nodes/Jofi/items/columns';
import { SUBTITLE_EXPRESSION } from '../../../nodes/Jofi/trigger/properties';
import { settingsOf } from '../../../nodes/Jofi/trigger/settings';

test.each([
	[['*'], 'Any Event'],
	[['invitation.created', '*'], 'Any Event'],
	[
		['invitation.created', 'test_taker.assessment_completed'],
		'Invitation Created, Assessment Completed',
	],
	[['typed.by_hand'], 'typed.by_hand'],
	[undefined, ''],
])('the subtitle of %j is %p', (events, subtitle) => {
	const code = SUBTITLE_EXPRESSION.replace(/^=\{\{|\}\}$/g, '');
	expect(new Function('$parameter', `return ${code}`)({ events })).toBe(subtitle);
});

test.each<[Record<string, unknown>, object]>([
	[{ simplify: 'false' }, { simplify: false }],
	[{ simplify: ' TRUE ' }, { simplify: true }],
	[{ simplify: 'yes' }, { simplify: true }],
	[{ options: { confirmEndpoint: 'true' } }, { confirmEndpoint: true }],
	[{ options: { confirmEndpoint: 'false' } }, { confirmEndpoint: false }],
	[{ options: { confirmEndpoint: null } }, { confirmEndpoint: true }],
	[{ options: {} }, { confirmEndpoint: false, skipDuplicates: true }],
	[{ options: { skipDuplicates: 'false' } }, { skipDuplicates: false }],
	[{ options: { skipDuplicates: 0 } }, { skipDuplicates: true }],
	[{ options: { includeDelivery: 'true' } }, { includeDelivery: true }],
	[{ options: { includeRawEvent: undefined } }, { includeRawEvent: false }],
	[{ options: { dateFormat: 'Spreadsheet' } }, { dateFormat: 'spreadsheet' }],
	[{ options: { maxEventAge: '60' } }, { maxEventAgeMinutes: 60 }],
	[{ options: { maxEventAge: 'an hour' } }, { maxEventAgeMinutes: undefined }],
	[{ options: { maxEventAge: '' } }, { maxEventAgeMinutes: undefined }],
	[{ options: { maxEventAge: null } }, { maxEventAgeMinutes: undefined }],
	[{ options: { maxEventAge: -5 } }, { maxEventAgeMinutes: undefined }],
	[{ options: { maxEventAge: NaN } }, { maxEventAgeMinutes: undefined }],
	[{ options: { maxEventAge: true } }, { maxEventAgeMinutes: undefined }],
	[{ events: 'invitation.created, x' }, { events: ['invitation.created', 'x'] }],
	[{ events: [] }, { events: [] }],
	[{ events: null }, { events: [] }],
	[{ simplify: null }, { simplify: true }],
	[{ options: null }, { confirmEndpoint: true, maxEventAgeMinutes: undefined }],
	[{ events: { a: 1 } }, { events: [] }],
	[{ assessmentCompletion: 'ALL' }, { assessmentCompletion: 'all' }],
	[{ columnChoice: 'all' }, { columns: COLUMN_NAMES }],
	[{ columnChoice: 'common' }, { columns: MOST_USED_COLUMNS }],
	[{ columnChoice: 'choose', columns: 'email, full_name' }, { columns: ['full_name', 'email'] }],
	[{ columnChoice: 'choose', columns: [] }, { columns: COLUMN_NAMES }],
	[{ columnChoice: 'choose', columns: ['gone_since'] }, { columns: COLUMN_NAMES }],
])('parameters of %j mean %j', (parameters, expected) => {
	expect(settingsOf(parameters, 'UTC', 1.1)).toMatchObject(expected);
});
