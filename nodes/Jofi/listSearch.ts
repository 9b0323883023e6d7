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
	/** @returns undefined for an item that can't be chosen */
	entry: (item: JsonObject) => INodeListSearchItems | undefined;
}

const USERS: List = {
	path: '/users',
	plural: 'users',
	// What a user looks like is not documented; others of JOFI's objects show users with these fields.
	entry: ({ email, first_name: first, last_name: last }) =>
		namedEntry([first, last].map(asText).filter(Boolean).join(' '), email),
};
const TEAMS: List = { path: '/teams', plural: 'teams', entry: numberedEntry };
const EMAIL_TEMPLATES: List = {
	path: '/email-templates',
	plural: 'invitation email templates',
	entry: numberedEntry,
};
const SCORE_PROFILES: List = {
	path: '/score-profiles',
	plural: 'score profiles',
	entry: ({ short_name: short, display_name: display }) => namedEntry(asText(display), short),
};

export const listSearch = {
	async searchUsers(this: ILoadOptionsFunctions, filter?: string) {
		return await search(this, USERS, filter);
	},
	async searchTeams(this: ILoadOptionsFunctions, filter?: string) {
		return await search(this, TEAMS, filter);
	},
	async searchEmailTemplates(this: ILoadOptionsFunctions, filter?: string) {
		const fields = asObject(this.getCurrentNodeParameter('additionalFields'));
		return await search(this, EMAIL_TEMPLATES, filter, fitsTeam(chosen(fields.teamId)));
	},
	async searchScoreProfiles(this: ILoadOptionsFunctions, filter?: string) {
		return await search(this, SCORE_PROFILES, filter);
	},
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

/** @param filter - what was typed */
async function search(
	context: ILoadOptionsFunctions,
	list: List,
	filter = '',
	isWanted: (item: JsonObject) => boolean = () => true,
): Promise<INodeListSearchResult> {
	const listed = await read(context, list.path, list.plural);
	const entries = listed.filter(isWanted).flatMap((item) => list.entry(item) ?? []);
	const wanted = filter.trim().toLowerCase();
	return { results: entries.filter(({ name }) => name.toLowerCase().includes(wanted)) };
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

/** Templates for invitations, of the whole account or of the chosen team. */
function fitsTeam(teamId: unknown): (template: JsonObject) => boolean {
	const team = isId(teamId) || typeof teamId === 'number' ? String(teamId) : undefined;
	return ({ type, team_ids: teams }) => {
		if (type !== undefined && type !== 'invitation') return false;
		if (team === undefined || !Array.isArray(teams) || teams.length === 0) return true;
		return teams.map(String).includes(team);
	};
}

function isId(value: unknown): value is string {
	return typeof value === 'string' && value.trim() !== '';
}
