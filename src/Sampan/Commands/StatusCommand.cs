using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Sampan.Cluster;
using Sampan.Cluster.Lifecycle;
using Sampan.Terminal;
using Spectre.Console;

namespace Sampan.Commands;

/// <summary>`sampan status`: exits with 0 when the cluster runs, 3 when it is stopped, 1 when it fails.</summary>
internal static class StatusCommand
{
    public static Command Create()
    {
        var dataDir = Options.DataDir();
        var output = Options.Output();
        var command = new Command("status", "Show what runs and how much memory and processor time it uses.") { dataDir, output };
        command.SetAction(async (result, ct) =>
        {
            var status = await ClusterStatus.ReadAsync(ClusterPaths.For(result.GetValue(dataDir)!), TimeProvider.System, ct);
            if (result.GetValue(output) == "json") Console.WriteLine(JsonSerializer.Serialize(status, ScreenJson.Default.ClusterStatus));
            else Show(status);
            return status.State switch { "Running" => 0, "Stopped" => 3, _ => 1 };
        });
        return command;
    }

    private static void Show(ClusterStatus status)
    {
        var table = new Grid().AddColumn(new GridColumn().PadRight(3)).AddColumn();
        table.AddRow(status.IsAgent ? "node" : "cluster", $"[{(status.State == "Running" ? "green" : "red")}]{status.State}[/] {status.Reason?.EscapeMarkup()}");
        if (status.Server is { } server)
        {
            table.AddRow(status.IsAgent ? "agent" : "server", $"{server.Url} [grey]process {server.Pid}, up {Span(server.Uptime)}[/]");
            table.AddRow("memory", string.Create(CultureInfo.InvariantCulture, $"{server.ResidentBytes / 1048576.0:0.0} MiB"));
            table.AddRow("processor", string.Create(CultureInfo.InvariantCulture, $"{server.CpuShare * 100:0.0} % of a core [grey](over the last second)[/]"));
        }
        foreach (var node in status.Nodes) table.AddRow("node", $"{node.Name.EscapeMarkup()} {node.State} [grey]{node.Address}[/]");
        if (status.State == "Running" && !status.IsAgent) table.AddRow("pods", $"{status.RunningPods} of {status.Pods} running");
        if (status.State == "Stopped") table.AddRow("", "start it with [blue]sampan up[/]");
        Screen.Output.Write(table);
    }

    private static string Span(TimeSpan span) => span switch
    {
        { TotalDays: >= 1 } => $"{(int)span.TotalDays} d {span.Hours} h",
        { TotalHours: >= 1 } => $"{(int)span.TotalHours} h {span.Minutes} min",
        { TotalMinutes: >= 1 } => $"{(int)span.TotalMinutes} min {span.Seconds} s",
        _ => $"{(int)span.TotalSeconds} s",
    };
}
