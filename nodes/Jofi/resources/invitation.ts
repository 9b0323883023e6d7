import type { ObjectKind, OperationContext, Resource } from '../shared/operation';
import { asObject, type JsonObject } from '../json';
import { JofiError } from '../shared/errors';
import {
	booleanOf,
	chosen,
	limitProperty,
	listOrId,
	matches,
	operationProperty,
	requiredText,
	shownFor,
	simplifyProperty,
	textOf,
} from '../shared/parameters';
import { getMany, getOne, requestRow } from '../shared/rows';

const RESOURCE = 'invitation';
const KIND: ObjectKind = {
	name: 'invitation',
	noun: 'invitation',
	path: '/invitations',
	idParameter: 'invitationId',
	idLabel: 'Invitation ID',
	isNumbered: true,
};
const shownForCreate = shownFor(RESOURCE, 'create');

export const invitation: Resource = {
	properties: [
		operationProperty(RESOURCE, 'create', [
			{
				name: 'Create',
				value: 'create',
				action: 'Create an invitation',
				description: 'Invite someone to take assessments',
			},
			{
				name: 'Get',
				value: 'get',
				action: 'Get an invitation',
				description: 'Get one invitation by its ID',
			},
			{
				name: 'Get Many',
				value: 'getAll',
				action: 'Get many invitations',
				description: 'Get the most recent invitations, as many as JOFI lists',
			},
		]),
		{
			displayName:
				'Each item invites one person, and each run invites again. Leave Retry On Fail (under Settings) off: JOFI has no way to recognize a repeat, so a retry may invite the same person twice.',
			name: 'retryNotice',
			type: 'notice',
			default: '',
			displayOptions: shownForCreate,
		},
		{
			displayName: 'Inviting User',
			name: 'createdByUserEmail',
			type: 'resourceLocator',
			required: true,
			default: { mode: 'list', value: '' },
			displayOptions: shownForCreate,
			description:
				'The JOFI user who invites. What you leave out below is taken from this user: team, assessments, email template.',
			modes: [
				{
					displayName: 'From List',
					name: 'list',
					type: 'list',
					typeOptions: { searchListMethod: 'searchUsers', searchable: true },
				},
				{
					displayName: 'By Email',
					name: 'email',
					type: 'string',
					placeholder: 'e.g. jane.recruiter@example.com',
					hint: 'The email with which this user signs in to JOFI',
					validation: [matches('\\s*(\\S+@\\S+)?\\s*', 'This is not an email address')],
				},
			],
		},
		{
			displayName: 'First Name',
			name: 'firstName',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. Linda',
			displayOptions: shownForCreate,
			description: 'First name of the person to invite',
		},
		{
			displayName: 'Last Name',
			name: 'lastName',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. Sample',
			displayOptions: shownForCreate,
			description: 'Last name of the person to invite',
		},
		{
			displayName: 'Email',
			name: 'email',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. linda@example.com',
			displayOptions: shownForCreate,
			description: 'Email of the person to invite',
		},
		{
			displayName: 'Person ID',
			name: 'personId',
			type: 'string',
			default: '',
			placeholder: 'e.g. the applicant number in your own system',
			displayOptions: shownForCreate,
			description:
				'Recommended: the ID that this person has in your own system. It comes back with every event and every row, so that you can tell whose it is.',
		},
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			displayOptions: shownForCreate,
			options: [
				{
					displayName: 'Assessment Names or IDs',
					name: 'assessmentIds',
					type: 'multiOptions',
					typeOptions: { loadOptionsMethod: 'getAssessments' },
					default: [],
					description:
						'The assessments to assign, in place of those of the inviting user. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
				},
				{
					displayName: 'Custom ID',
					name: 'customId',
					type: 'string',
					default: '',
					placeholder: 'e.g. REQ-2026-014',
					description:
						'What this person belongs to, such as a job requisition or a coaching group. Many people can share one.',
				},
				{
					displayName: 'Email Template',
					name: 'emailTemplateId',
					description: 'The invitation email, in place of that of the inviting user',
					...listOrId('searchEmailTemplates', 'e.g. 300'),
				},
				{
					displayName: 'Phone',
					name: 'phone',
					type: 'string',
					default: '',
					placeholder: 'e.g. 5551234567',
					description: 'Phone number of the person to invite. An invitation by SMS needs it.',
				},
				{
					displayName: 'Send via Email',
					name: 'sendViaEmail',
					type: 'boolean',
					default: true,
					description:
						'Whether JOFI sends the invitation by email. To deliver the link yourself, add Send via SMS too and turn both off: the link is in the column assessment_url.',
				},
				{
					displayName: 'Send via SMS',
					name: 'sendViaSms',
					type: 'boolean',
					default: false,
					description:
						'Whether JOFI sends the invitation by SMS, to the number in Phone. To deliver the link yourself, add Send via Email too and turn both off.',
				},
				{
					displayName: 'Team',
					name: 'teamId',
					description: 'The team of this person, in place of that of the inviting user',
					...listOrId('searchTeams', 'e.g. 100'),
				},
			],
		},
		{
			displayName: 'Invitation ID',
			name: 'invitationId',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. 12345',
			displayOptions: shownFor(RESOURCE, 'get'),
			description: 'As in the column invitation_id',
		},
		limitProperty(RESOURCE),
		simplifyProperty(RESOURCE, 'create', 'get', 'getAll'),
	],
	operations: {
		create: async (context) => {
			const body = invitationBody(context);
			const request = {
				method: 'POST' as const,
				path: KIND.path,
				body,
				subject: 'this invitation',
				change: { noun: KIND.noun, done: 'created' },
				advice:
					"Check the fields, and that the inviting user, team, email template and assessments belong to the account of the API key. JOFI calls the parameter 'Email' sent_to_email.",
			};
			return await requestRow(context, request, KIND);
		},
		get: async (context) => await getOne(context, KIND),
		getAll: async (context) => await getMany(context, KIND),
	},
};

/**
 * The body of POST /invitations. What is left empty is left out: JOFI then takes the inviting user's default.
 *
 * @throws JofiError if a required field is empty, or if an id can't be one of JOFI's
 */
export function invitationBody(context: OperationContext): JsonObject {
	const more = asObject(context.parameter('additionalFields'));
	const assessments = assessmentIds(more.assessmentIds);
	const body = {
		first_name: required('First Name', context.parameter('firstName')),
		last_name: required('Last Name', context.parameter('lastName')),
		email: required('Email', context.parameter('email')),
		created_by_user_email: required(
			'Inviting User',
			chosen(context.parameter('createdByUserEmail')),
		),
		person_id: textOf('Person ID', context.parameter('personId')),
		custom_id: textOf('Custom ID', more.customId),
		phone: textOf('Phone', more.phone),
		team_id: optionalId('Team', chosen(more.teamId)),
		email_template_id: optionalId('Email Template', chosen(more.emailTemplateId)),
		assessments_to_assign: assessments?.map((id) => ({ test_id: id })),
		send_via_email: optionalBoolean('Send via Email', more.sendViaEmail),
		send_via_sms: optionalBoolean('Send via SMS', more.sendViaSms),
	};
	return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
}

function required(label: string, value: unknown): string {
	return requiredText(
		label,
		value,
		'JOFI needs it to invite someone. Fill it in, or check the expression. Nothing was sent.',
	);
}

function optionalBoolean(label: string, value: unknown): boolean | undefined {
	return value === undefined ? undefined : booleanOf(label, value);
}

function optionalId(label: string, value: unknown): number | undefined {
	const text = textOf(label, value);
	if (text === undefined) return undefined;
	if (!/^\d+$/.test(text)) {
		throw new JofiError(
			`${label} is not an ID of JOFI’s`,
			'JOFI’s are whole numbers. Choose from the list, or look the ID up in JOFI. Nothing was sent.',
		);
	}
	return Number(text);
}

/** @param value - what was chosen, or an expression's list, number or text with commas */
function assessmentIds(value: unknown): number[] | undefined {
	const entries: unknown[] = typeof value === 'string' ? value.split(',') : [value].flat();
	const ids = entries.map((entry) => optionalId('One of the Assessments', entry));
	const given = ids.filter((id) => id !== undefined);
	return given.length === 0 ? undefined : given;
}
