import type { Resource } from '../shared/operation';
import { idParameter, limitProperty, shownFor, simplifyProperty } from '../shared/parameters';
import { getMany, getOne } from '../shared/rows';

const RESOURCE = 'careerNavigationProfile';
const KIND = 'career_navigation_profile';

export const careerNavigationProfile: Resource = {
	properties: [
		{
			displayName: 'Operation',
			name: 'operation',
			type: 'options',
			noDataExpression: true,
			default: 'get',
			displayOptions: { show: { resource: [RESOURCE] } },
			options: [
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
			],
		},
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
			const id = idParameter(
				context,
				'careerNavigationProfileId',
				'career navigation profile',
				false,
			);
			const request = {
				path: `/career-navigation-profiles/${id}`,
				subject: 'this career navigation profile',
			};
			return await getOne(context, request, KIND);
		},
		getAll: async (context) => {
			const request = {
				path: '/career-navigation-profiles',
				subject: 'the list of career navigation profiles',
			};
			return await getMany(context, request, KIND);
		},
	},
};
