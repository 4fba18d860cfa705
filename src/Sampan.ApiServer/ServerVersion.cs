using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Sampan.Api.Codec;
using Sampan.ApiServer.Http;
using Sampan.ApiServer.Http.Negotiation;
using Sampan.Client.Metrics;

namespace Sampan.ApiServer;

/// <summary>Answers /version: the Kubernetes version whose API this is, with our own after a plus.</summary>
public static class ServerVersion
{
    private const string Major = "1";
    private const string Minor = "36";

    private static readonly string Own = typeof(ServerVersion).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";

    public static string GitVersion { get; } = $"v{Major}.{Minor}.2+sampan{Own}";

    /// <summary>Without what is ours.</summary>
    public static string BinaryVersion { get; } = $"{Major}.{Minor}.2";

    public static string EmulationVersion { get; } = $"{Major}.{Minor}";

    /// <summary>Tells who reads metrics what runs here.</summary>
    public static void AddTo(MetricRegistry metrics) => metrics
        .Gauge("kubernetes_build_info", "What was built.", "build_date", "compiler", "git_commit", "git_tree_state", "git_version", "go_version", "major", "minor", "platform")
        .With("", "roslyn", "", "clean", GitVersion, RuntimeInformation.FrameworkDescription, Major, Minor, Platform).Set(1);

    private static string Platform => $"linux/{(RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "arm64" : "amd64")}";

    private static byte[] Json { get; } = JsonTree.Encode(new JsonObject
    {
        ["major"] = Major,
        ["minor"] = Minor,
        ["emulationMajor"] = Major,
        ["emulationMinor"] = Minor,
        ["minCompatibilityMajor"] = Major,
        ["minCompatibilityMinor"] = "35",
        ["gitVersion"] = GitVersion,
        ["gitCommit"] = "",
        ["gitTreeState"] = "clean",
        ["buildDate"] = "1970-01-01T00:00:00Z",
        ["goVersion"] = RuntimeInformation.FrameworkDescription,
        ["compiler"] = "roslyn",
        ["platform"] = Platform,
    });

    internal static Task WriteAsync(ApiRequest request) =>
        AnswerWriter.JsonAsync(request.Http, AnswerFormat.ForError(request.Http.Request) with { Format = WireFormat.Json }, Json).AsTask();
}
