using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Sampan.Api.Codec;
using Sampan.ApiServer.Http;
using Sampan.ApiServer.Http.Negotiation;
using KubernetesVersion = Sampan.Client.KubernetesVersion;

namespace Sampan.ApiServer;

/// <summary>Answers /version.</summary>
internal static class ServerVersion
{
    private static byte[] Json { get; } = JsonTree.Encode(new JsonObject
    {
        ["major"] = KubernetesVersion.Major,
        ["minor"] = KubernetesVersion.Minor,
        ["emulationMajor"] = KubernetesVersion.Major,
        ["emulationMinor"] = KubernetesVersion.Minor,
        ["minCompatibilityMajor"] = KubernetesVersion.Major,
        ["minCompatibilityMinor"] = KubernetesVersion.PreviousMinor,
        ["gitVersion"] = KubernetesVersion.Git,
        ["gitCommit"] = "",
        ["gitTreeState"] = "clean",
        ["buildDate"] = "1970-01-01T00:00:00Z",
        ["goVersion"] = RuntimeInformation.FrameworkDescription,
        ["compiler"] = "roslyn",
        ["platform"] = KubernetesVersion.Platform,
    });

    public static Task WriteAsync(ApiRequest request) =>
        AnswerWriter.JsonAsync(request.Http, AnswerFormat.ForError(request.Http.Request) with { Format = WireFormat.Json }, Json).AsTask();
}
