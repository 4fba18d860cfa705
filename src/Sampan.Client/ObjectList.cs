namespace Sampan.Client;

/// <summary>A list as a loopback hands it over: shared items, not to be mutated.</summary>
public sealed record ObjectList(IReadOnlyList<object> Items, string ResourceVersion, string? Continue = null, long? RemainingItemCount = null);
