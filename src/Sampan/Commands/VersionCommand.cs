using System.CommandLine;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Sampan.Client;

namespace Sampan.Commands;

/// <summary>`sampan version`</summary>
internal static class VersionCommand
{
    public const string ApiLevel = $"v{KubernetesVersion.Emulation}";

    public static string Product =>
        typeof(VersionCommand).Assembly.GetName().Version is { } version ? $"v{version.ToString(3)}" : "v0";

    public static Command Create()
    {
        var output = Options.Output();
        var command = new Command("version", "Show the version of Sampan and the level of the Kubernetes API it serves.") { output };
        command.SetAction(result => Console.WriteLine(result.GetValue(output) == "json" ? Json() : $"sampan {Product}, Kubernetes API {ApiLevel}, {RuntimeInformation.FrameworkDescription}"));
        return command;
    }

    private static string Json() => new JsonObject
    {
        ["version"] = Product, ["kubernetesApi"] = ApiLevel, ["runtime"] = RuntimeInformation.FrameworkDescription,
    }.ToJsonString();
}
