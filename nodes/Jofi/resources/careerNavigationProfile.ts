import type { ObjectKind, Resource } from '../shared/operation';
import { limitProperty, operationProperty, shownFor, simplifyProperty } from '../shared/parameters';
import { getMany, getOne } from '../shared/rows';

const RESOURCE = 'careerNavigationProfile';
const KIND: ObjectKind = {
	name: 'career_navigation_profile',
	noun: 'career navigation profile',
	path: '/career-navigation-profiles',
	idParameter: 'careerNavigationProfileId',
	idLabel: 'Career Navigation Profile ID',
	isNumbered: false,
};

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
		get: async (context) => await getOne(context, KIND),
		getAll: async (context) => await getMany(context, KIND),
	},
};
