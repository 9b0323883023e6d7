import type {
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
	INodePropertyOptions,
} from 'n8n-workflow';
import { asObject, asText, isObject, type JsonObject } from './json';
import { asNodeError, unexpectedError } from './shared/errors';
import { chosen } from './shared/parameters';
import { requestJofi } from './shared/request';

// Somebody waits in front of an open list.
const TIMEOUT_SECONDS = 10;

/** A list of JOFI's to choose from. */
interface List {
	path: string;
	plural: string;
	/** @returns undefined for an item that can't be chosen, or that does not fit what is chosen elsewhere in the node */
	entry: (item: JsonObject, context: ILoadOptionsFunctions) => INodeListSearchItems | undefined;
}

export const listSearch = {
	searchUsers: searchIn({
		path: '/users',
		plural: 'users',
		// What a user looks like is not documented; others of JOFI's objects show users with these fields.
		entry: ({ email, first_name: first, last_name: last }) =>
			namedEntry([first, last].map(asText).filter(Boolean).join(' '), email),
	}),
	searchTeams: searchIn({ path: '/teams', plural: 'teams', entry: numberedEntry }),
	searchEmailTemplates: searchIn({
		path: '/email-templates',
		plural: 'invitation email templates',
		entry: (template, context) =>
			fitsInvitation(template, context) ? numberedEntry(template) : undefined,
	}),
	searchScoreProfiles: searchIn({
		path: '/score-profiles',
		plural: 'score profiles',
		entry: ({ short_name: short, display_name: display }) => namedEntry(asText(display), short),
	}),
};

export const loadOptions = {
	async getAssessments(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
		const listed = await read(this, '/assessments', 'assessments');
		return listed.flatMap(({ id, display_name: display, short_name: short }) =>
			typeof id === 'number'
				? [{ name: asText(display) || asText(short) || String(id), value: id }]
				: [],
		);
	},
};

function searchIn({ path, plural, entry }: List) {
	return async function (this: ILoadOptionsFunctions, typed = ''): Promise<INodeListSearchResult> {
		const listed = await read(this, path, plural);
		const entries = listed.flatMap((item) => entry(item, this) ?? []);
		const wanted = typed.trim().toLowerCase();
		return { results: entries.filter(({ name }) => name.toLowerCase().includes(wanted)) };
	};
}

/** @throws NodeApiError, which n8n shows in the list, with a link to the credential */
async function read(
	context: ILoadOptionsFunctions,
	path: string,
	plural: string,
): Promise<JsonObject[]> {
	const request = { path, subject: `the list of ${plural}`, timeoutSeconds: TIMEOUT_SECONDS };
	try {
		const { data } = asObject(await requestJofi(context, request));
		if (!Array.isArray(data)) throw unexpectedError(request);
		return data.filter(isObject);
	} catch (error) {
		throw asNodeError(context.getNode(), error);
	}
}

/** An entry that is chosen by a text, which is shown behind the name. */
function namedEntry(name: string, value: unknown): INodeListSearchItems | undefined {
	if (!isId(value)) return undefined;
	return { name: name === '' ? value : `${name} (${value})`, value };
}

function numberedEntry({ id, display_name: display }: JsonObject) {
	if (typeof id !== 'number' && !isId(id)) return undefined;
	return { name: asText(display) || String(id), value: id };
}

/** Whether an email template is for invitations, and for the whole account or the chosen team. */
function fitsInvitation({ type, team_ids: teams }: JsonObject, context: ILoadOptionsFunctions) {
	if (type !== undefined && type !== 'invitation') return false;
	if (!Array.isArray(teams) || teams.length === 0) return true;
	const { teamId } = asObject(context.getCurrentNodeParameter('additionalFields'));
	const team = chosen(teamId);
	const isChosen = isId(team) || typeof team === 'number';
	return !isChosen || teams.map(String).includes(String(team));
}

function isId(value: unknown): value is string {
	return typeof value === 'string' && value.trim() !== '';
}
