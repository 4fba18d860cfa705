using System.CommandLine;
using Sampan.Cluster;

namespace Sampan.Commands;

/// <summary>Options that several commands share.</summary>
internal static class Options
{
    public static Option<string> DataDir() => new("--data-dir", "-d")
    {
        Description = "Where the cluster keeps its data.",
        DefaultValueFactory = _ => ClusterPaths.DefaultData,
    };

    public static Option<string> Output() => new Option<string>("--output", "-o")
    {
        Description = "The form of the output: text or json.",
        DefaultValueFactory = _ => "text",
    }.AcceptOnlyFromAmong("text", "json");
}
