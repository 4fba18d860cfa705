namespace Sampan.Client;

/// <summary>A decoded list, or one chunk of it when <paramref name="Continue"/> is set.</summary>
public sealed record ListResult<T>(IReadOnlyList<T> Items, string ResourceVersion, string? Continue = null, long? RemainingItemCount = null);
