/** BWK4xx: limits, images and data. */
export const limits = {} as const;
