namespace Sampan.Client;

/// <summary>A program that prints credentials (<c>client.authentication.k8s.io</c>).</summary>
public sealed record ExecPluginConfig(
    string ApiVersion,
    string Command,
    IReadOnlyList<string> Args,
    IReadOnlyList<KeyValuePair<string, string>> Env,
    string? InstallHint = null,
    bool ProvideClusterInfo = false);
