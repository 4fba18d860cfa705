using System.Text;
using Sampan.Proxy.Model;

namespace Sampan.Proxy.Rules;

/// <summary>Writes a difference as commands of nftables; the kernel takes all commands of a text or none.</summary>
internal static class NftWriter
{
    /// <summary>The texts to hand to the kernel one after the other: what packets do not meet yet, then what they meet.</summary>
    public static IEnumerable<string> Steps(RuleDiff diff, string table)
    {
        if (diff.AddedSets.Count + diff.NewChains.Count > 0) yield return Text(text => WritePreparation(text, diff, table));
        if (diff.Switches) yield return Text(text => WriteSwitch(text, diff, table));
    }

    /// <summary>Everything at once, into tables that packets do not meet yet.</summary>
    public static void Write(StringBuilder text, RuleDiff diff, string table)
    {
        WritePreparation(text, diff, table);
        WriteSwitch(text, diff, table);
    }

    private static string Text(Action<StringBuilder> write)
    {
        var text = new StringBuilder();
        write(text);
        return text.ToString();
    }

    private static void WritePreparation(StringBuilder text, RuleDiff diff, string table)
    {
        foreach (var set in diff.AddedSets) text.Append($"add set {Table(set.Family, table)} {set.Name} {{ {set.Spec} }}\n");
        foreach (var chain in diff.NewChains) text.Append($"add chain {Table(chain.Family, table)} {chain.Name}\n");
        foreach (var chain in diff.NewChains) WriteRules(text, chain, table);
    }

    private static void WriteSwitch(StringBuilder text, RuleDiff diff, string table)
    {
        foreach (var set in diff.FlushedSets) text.Append($"flush set {Table(set.Family, table)} {set.Name}\n");
        foreach (var chain in diff.RewrittenChains)
        {
            text.Append($"flush chain {Table(chain.Family, table)} {chain.Name}\n");
            WriteRules(text, chain, table);
        }

        WriteElements(text, "delete", [.. diff.RemovedElements, .. diff.RemovedIndexes], table, withValues: false);
        WriteElements(text, "add", diff.AddedElements, table, withValues: true);
        foreach (var chain in diff.RemovedChains) text.Append($"flush chain {Table(chain.Family, table)} {chain.Name}\n");
        foreach (var chain in diff.RemovedChains) text.Append($"delete chain {Table(chain.Family, table)} {chain.Name}\n");
        foreach (var set in diff.RemovedSets) text.Append($"delete set {Table(set.Family, table)} {set.Name}\n");
    }

    private static string Table(IPFamily family, string table) => $"{family.Nft()} {table}";

    private static void WriteRules(StringBuilder text, Chain chain, string table)
    {
        foreach (string rule in chain.Rules) text.Append($"add rule {Table(chain.Family, table)} {chain.Name} {rule}\n");
    }

    private static void WriteElements(StringBuilder text, string verb, List<Element> elements, string table, bool withValues)
    {
        foreach (var group in elements.GroupBy(e => (e.Family, e.Container)))
        {
            text.Append($"{verb} element {group.Key.Family.Nft()} {table} {group.Key.Container} {{ ");
            string separator = "";
            foreach (var element in group)
            {
                text.Append(separator).Append(element.Key);
                if (withValues) WriteValue(text, element);
                separator = ", ";
            }

            text.Append(" }\n");
        }
    }

    private static void WriteValue(StringBuilder text, Element element)
    {
        if (element.Comment is { } comment)
            text.Append(" comment \"").Append(comment.AsSpan(0, Math.Min(comment.Length, 127))).Append('"');
        if (element.Value is { } value) text.Append(" : ").Append(value);
    }
}
