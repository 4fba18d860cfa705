using System.Globalization;
using Sampan.Scheduler.Explain;
using Spectre.Console;

namespace Sampan.Terminal;

/// <summary>Shows explanations to people: a line a pod, then the reasons grouped, then nodes when they are few or asked for.</summary>
internal sealed class WhyReport(IAnsiConsole console, bool allNodes)
{
    private const int FewNodes = 20;
    private const int BestNodes = 5;

    public void Show(IReadOnlyList<Explanation> explanations)
    {
        if (explanations.Count == 0) console.MarkupLine("Nothing to place: no pods would have to move.");
        else if (explanations.Count == 1) Show(explanations[0]);
        else ShowMany(explanations);
    }

    private void ShowMany(IReadOnlyList<Explanation> explanations)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("pod", "would go to", "why not");
        foreach (var e in explanations) table.AddRow(Name(e), e.Node?.EscapeMarkup() ?? "[red]nowhere[/]", (e.Node is null ? e.Message ?? "" : "").EscapeMarkup());
        console.Write(table);
        var nowhere = explanations.Where(e => e.Node is null).ToList();
        console.MarkupLine($"{explanations.Count - nowhere.Count} of {explanations.Count} pods have a place.");
        if (nowhere.Count > 0) Show(nowhere[0]);
    }

    private void Show(Explanation e)
    {
        console.MarkupLine(Headline(e));
        if (e.Message is not null) console.MarkupLine($"[grey]{e.Message.EscapeMarkup()}[/]");
        if (e.Refusals.Count > 0) ShowGroups(e);
        if (e.Nodes.Count > 0 && (allNodes || e.Nodes.Count <= FewNodes)) ShowNodes("every node", e.Nodes);
        else if (e.Nodes.Any(n => n.Fits)) ShowNodes("the best nodes", [.. e.Nodes.Where(n => n.Fits).Take(BestNodes)]);
    }

    private static string Headline(Explanation e) => e.Verdict switch
    {
        "Scheduled" => $"{Name(e)} is on [green]{e.Node.EscapeMarkup()}[/]. {Fitting(e)} of {e.Nodes.Count} nodes could take it now.",
        "Fits" => $"{Name(e)} would go to [green]{e.Node.EscapeMarkup()}[/]. {Fitting(e)} of {e.Nodes.Count} nodes could take it now.",
        "Gated" => $"{Name(e)} is [yellow]held back[/] before any node is looked at.",
        _ => $"{Name(e)} fits on [red]none[/] of {e.Nodes.Count} nodes.",
    };

    private void ShowGroups(Explanation e)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumn(new TableColumn("nodes").RightAligned()).AddColumns("rule", "reason", "what would have to change", "which");
        foreach (var group in e.Refusals)
        {
            var only = group.OnlyReason > 0 ? string.Create(CultureInfo.InvariantCulture, $"\n[grey]{group.OnlyReason} by this alone[/]") : "";
            table.AddRow($"{group.Count}{only}", group.Plugin.EscapeMarkup(), group.Reason.EscapeMarkup(), group.Change.EscapeMarkup(), Names(group.Nodes));
        }
        console.Write(table);
    }

    private void ShowNodes(string title, IReadOnlyList<NodeExplanation> nodes)
    {
        var table = new Table().Border(TableBorder.Rounded).Title(title).AddColumns("node", "fits", "score", "what would have to change");
        foreach (var node in nodes)
        {
            var changes = string.Join('\n', node.Refusals.Select(r => $"{r.Plugin}: {(r.Change.Length > 0 ? r.Change : r.Reason)}"));
            table.AddRow(node.Node.EscapeMarkup(), node.Fits ? "[green]yes[/]" : "[red]no[/]", node.Score?.ToString(CultureInfo.InvariantCulture) ?? "", changes.EscapeMarkup());
        }
        console.Write(table);
    }

    private static int Fitting(Explanation e) => e.Nodes.Count(n => n.Fits);

    private static string Name(Explanation e) => $"[bold]{e.Namespace.EscapeMarkup()}/{e.Name.EscapeMarkup()}[/]";

    private static string Names(IReadOnlyList<string> nodes) =>
        (string.Join(", ", nodes.Take(3)) + (nodes.Count > 3 ? string.Create(CultureInfo.InvariantCulture, $", … {nodes.Count - 3} more") : "")).EscapeMarkup();
}
