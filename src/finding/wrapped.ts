/** Where records stand that people have gathered: pages of lists, or a list under a name. */
export const wrapped: readonly string[] = ['[][]', 'findings[]', 'results[]', 'leaks[]', 'data[]']
