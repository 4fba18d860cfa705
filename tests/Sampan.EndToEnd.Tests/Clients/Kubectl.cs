using System.Text.Json.Nodes;
using Sampan.EndToEnd.Tests.Cluster;

namespace Sampan.EndToEnd.Tests.Clients;

/// <summary>The kubectl of this machine.</summary>
internal static class Kubectl
{
    /// <summary>The oldest minor version whose commands and texts the tests know.</summary>
    private const int Oldest = 31;

    private static readonly Lazy<Task<string?>> Missing = new(FindMissingAsync);

    /// <summary>Why tests of kubectl can't run here; null when they can.</summary>
    public static Task<string?> UnavailableAsync() => Missing.Value;

    private static async Task<string?> FindMissingAsync()
    {
        try
        {
            var version = JsonNode.Parse(await Shell.RunAsync("kubectl", ["version", "--client", "-o", "json"]))!["clientVersion"]!;
            var minor = int.Parse(((string)version["minor"]!).TrimEnd('+'), null);
            return minor >= Oldest ? null : $"kubectl is 1.{minor}: older than 1.{Oldest}";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "not installed: kubectl";
        }
    }
}
