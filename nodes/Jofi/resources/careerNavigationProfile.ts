import type { Resource } from '../shared/operation';
import {
	idParameter,
	limitProperty,
	operationProperty,
	shownFor,
	simplifyProperty,
} from '../shared/parameters';
import { getMany, getOne } from '../shared/rows';

const RESOURCE = 'careerNavigationProfile';
const KIND = 'career_navigation_profile';

export const careerNavigationProfile: Resource = {
	properties: [
		operationProperty(RESOURCE, 'get', [
			{
				name: 'Get',
				value: 'get',
				action: 'Get a career navigation profile',
				description: 'Get one career navigation profile by its ID',
			},
			{
				name: 'Get Many',
				value: 'getAll',
				action: 'Get many career navigation profiles',
				description: 'Get the newest career navigation profiles, as many as JOFI lists',
			},
		]),
		{
			displayName: 'Career Navigation Profile ID',
			name: 'careerNavigationProfileId',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. CNP1234567890',
			displayOptions: shownFor(RESOURCE, 'get'),
			description:
				'As in the column career_navigation_profile_id. It is text, and empty until there is such a profile.',
		},
		limitProperty(RESOURCE),
		simplifyProperty(RESOURCE, 'get', 'getAll'),
	],
	operations: {
		get: async (context) => {
			const noun = 'career navigation profile';
			const id = idParameter(context, 'careerNavigationProfileId', noun, false);
			const path = `/career-navigation-profiles/${id}`;
			return await getOne(context, { path, subject: `this ${noun}` }, KIND);
		},
		getAll: async (context) => {
			const subject = 'the list of career navigation profiles';
			return await getMany(context, { path: '/career-navigation-profiles', subject }, KIND);
		},
	},
};
