import type {
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
	INodePropertyOptions,
} from 'n8n-workflow';
import { asObject, asText, isObject, type JsonObject } from '../json';
import { Problem } from './errors';
import { chosen } from './parameters';
import { askJofi } from './request';

/** The assessments that JOFI's pages name, for when its list can't be read. */
const KNOWN_ASSESSMENTS = [
	{ name: 'JOFI Personality Traits', value: 6 },
	{ name: 'JOFI Thinking Skills', value: 7 },
	{ name: 'JOFI Career Interests', value: 8 },
];

/** A list that JOFI gives to choose from. */
interface List {
	path: string;
	/** What it holds, in words. */
	plural: string;
	/** What to do where the list can't be had. */
	instead: string;
	/** Out: undefined for an entry that can't be chosen. */
	entry: (item: JsonObject) => INodeListSearchItems | undefined;
}

const USERS: List = {
	path: '/users',
	plural: 'users',
	instead: 'Choose “By Email” and type the email of a JOFI user.',
	// What a user looks like is not documented; others of JOFI's objects show users with these fields.
	entry: ({ email, first_name: first, last_name: last }) => {
		const name = [first, last].map(asText).filter(Boolean).join(' ');
		return isId(email)
			? { name: name === '' ? email : `${name} (${email})`, value: email }
			: undefined;
	},
};

const TEAMS: List = {
	path: '/teams',
	plural: 'teams',
	instead: 'Choose “By ID” and type the ID of a team.',
	entry: byId,
};

const EMAIL_TEMPLATES: List = {
	path: '/email-templates',
	plural: 'invitation email templates',
	instead: 'Choose “By ID” and type the ID of a template.',
	entry: byId,
};

const SCORE_PROFILES: List = {
	path: '/score-profiles',
	plural: 'score profiles',
	instead: 'Choose “By Name” and type the short name, such as JOFI-112-CE.',
	entry: ({ short_name: short, display_name: display }) => {
		const name = asText(display);
		return isId(short)
			? { name: name === '' ? short : `${name} (${short})`, value: short }
			: undefined;
	},
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
		if (listed instanceof Problem) return KNOWN_ASSESSMENTS;
		const options = listed.flatMap((item) => {
			const { id } = item;
			if (typeof id !== 'number') return [];
			return [
				{ name: asText(item.display_name) || asText(item.short_name) || String(id), value: id },
			];
		});
		return options.length === 0 ? KNOWN_ASSESSMENTS : options;
	},
};

/** What JOFI lists, narrowed by what was typed. Where there is no list, one entry says what to do instead. */
async function search(
	context: ILoadOptionsFunctions,
	list: List,
	filter = '',
	isWanted: (item: JsonObject) => boolean = () => true,
): Promise<INodeListSearchResult> {
	const listed = await read(context, list.path, list.plural);
	if (listed instanceof Problem) return advice(`${listed.message}. ${list.instead}`);

	const entries = listed.filter(isWanted).flatMap((item) => list.entry(item) ?? []);
	if (entries.length === 0) return advice(`JOFI lists no ${list.plural} here. ${list.instead}`);
	const wanted = filter.trim().toLowerCase();
	return { results: entries.filter(({ name }) => name.toLowerCase().includes(wanted)) };
}

async function read(
	context: ILoadOptionsFunctions,
	path: string,
	plural: string,
): Promise<JsonObject[] | Problem> {
	const question = { path, subject: `the list of ${plural}` };
	try {
		const { data } = asObject(await askJofi(context, question));
		if (Array.isArray(data)) return data.filter(isObject);
		return new Problem(`JOFI's list of ${plural} can't be read`, '');
	} catch (error) {
		return error instanceof Problem
			? error
			: new Problem(`JOFI's list of ${plural} can't be had`, '');
	}
}

function advice(name: string): INodeListSearchResult {
	return { results: [{ name, value: '' }] };
}

function byId({ id, display_name: display }: JsonObject): INodeListSearchItems | undefined {
	if (typeof id !== 'number' && !isId(id)) return undefined;
	return { name: asText(display) || String(id), value: id };
}

/** Templates for invitations, of the whole account or of the chosen team. */
function fitsTeam(teamId: unknown): (template: JsonObject) => boolean {
	const team =
		teamId === undefined || teamId === null || teamId === '' ? undefined : String(teamId);
	return ({ type, team_ids: teams }) => {
		if (type !== undefined && type !== 'invitation') return false;
		if (team === undefined || !Array.isArray(teams) || teams.length === 0) return true;
		return teams.map(String).includes(team);
	};
}

function isId(value: unknown): value is string {
	return typeof value === 'string' && value.trim() !== '';
}
