namespace Sampan.ApiServer.Discovery;

/// <summary>One version of a group with its resources.</summary>
internal sealed record ServedVersion(string Version, string ApiVersion, IReadOnlyList<ServedResource> Resources);
