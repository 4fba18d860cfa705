namespace Sampan.Api;

/// <summary>A subresource that discovery lists, with the kind of its body.</summary>
public sealed record SubresourceInfo(string Name, GroupVersionKind Body, IReadOnlyList<string> Verbs);
