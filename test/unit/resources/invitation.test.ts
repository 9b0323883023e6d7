import { invitationBody } from '../../../nodes/Jofi/resources/invitation';

const FILLED: Record<string, unknown> = {
	createdByUserEmail: { __rl: true, mode: 'list', value: 'jane@example.com' },
	firstName: 'Ann',
	lastName: 'Sample',
	email: 'ann@example.com',
	personId: '',
	additionalFields: {},
};

const body = (changes: Record<string, unknown> = {}, additionalFields: object = {}) => {
	const parameters: Record<string, unknown> = { ...FILLED, additionalFields, ...changes };
	return invitationBody({
		parameter: (name) => parameters[name],
		request: () => Promise.reject(new Error('sends nothing')),
	});
};

const REQUIRED = {
	first_name: 'Ann',
	last_name: 'Sample',
	email: 'ann@example.com',
	created_by_user_email: 'jane@example.com',
};

test('sends the four fields that JOFI needs', () => {
	expect(body()).toEqual(REQUIRED);
	expect(body({ createdByUserEmail: 'jane@example.com', firstName: ' Ann ' })).toEqual(REQUIRED);
});

test.each([
	['First Name', { firstName: ' ' }],
	['Last Name', { lastName: null }],
	['Email', { email: undefined }],
	['Inviting User', { createdByUserEmail: { __rl: true, mode: 'list', value: '' } }],
])('requires %s', (label, changes) => {
	expect(() => body(changes)).toThrow(`${label} is empty`);
});

test('sends a person_id that is a number as text', () => {
	expect(body({ personId: 77 })).toEqual({ ...REQUIRED, person_id: '77' });
});

test.each([
	[
		[6, '7'],
		[6, 7],
	],
	['6, 8', [6, 8]],
	[8, [8]],
])('assigns the assessments %j', (assessmentIds, ids) => {
	expect(body({}, { assessmentIds })).toEqual({
		...REQUIRED,
		assessments_to_assign: ids.map((id) => ({ test_id: id })),
	});
});

test.each([[[]], [''], [null], [undefined], [['']]])(
	'assigns no assessments with %j',
	(assessmentIds) => {
		expect(body({}, { assessmentIds })).toEqual(REQUIRED);
	},
);

test.each([
	['Team', { teamId: { mode: 'id', value: 'Sales' } }],
	['Email Template', { emailTemplateId: '3.5' }],
	['One of the Assessments', { assessmentIds: 'Thinking' }],
])('refuses a text that is not an ID: %s', (label, fields) => {
	expect(() => body({}, fields)).toThrow(`${label} is not an ID of JOFI’s`);
});

test.each([
	['First Name', { firstName: { first: 'Ann' } }],
	['Email', { email: ['ann@example.com'] }],
	['Last Name', { lastName: NaN }],
	['Inviting User', { createdByUserEmail: { mode: 'email', value: true } }],
	['Person ID', { personId: [7] }],
])('refuses a value that is not a text: %s', (label, changes) => {
	expect(() => body(changes)).toThrow(`${label} is not a text`);
});

test('sends switches that an expression gives as text as booleans, and refuses anything else', () => {
	expect(body({}, { sendViaEmail: 'false', sendViaSms: ' TRUE ' })).toMatchObject({
		send_via_email: false,
		send_via_sms: true,
	});
	for (const value of [null, '', 'no', 0, {}, []]) {
		expect(() => body({}, { sendViaEmail: value })).toThrow(
			'Send via Email is neither true nor false',
		);
	}
});
