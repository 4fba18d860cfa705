using Sampan.EndToEnd.Tests.Cluster;

namespace Sampan.EndToEnd.Tests.Clients;

/// <summary>The client libraries that `./test` installs: Debian's for Python, npm's for JavaScript.</summary>
internal static class Libraries
{
    public static string Script(string name) => Path.Combine(TestCluster.Root, "tests", "Sampan.EndToEnd.Tests", "Clients", name);

    /// <summary>Why the Python client can't be used; null when it can.</summary>
    public static async Task<string?> PythonMissingAsync() =>
        !File.Exists("/usr/bin/python3") || (await Shell.TryAsync("/usr/bin/python3", ["-c", "import kubernetes"])).ExitCode != 0
            ? "not installed: python3-kubernetes"
            : null;

    /// <summary>Why the JavaScript client can't be used; null when it can.</summary>
    public static string? JavaScriptMissing() =>
        Directory.Exists(Script("node/node_modules/@kubernetes/client-node")) ? null : "not installed: @kubernetes/client-node (npm ci)";
}
