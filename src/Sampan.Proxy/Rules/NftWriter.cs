using System.Text;
using Sampan.Proxy.Model;

namespace Sampan.Proxy.Rules;

/// <summary>Writes a difference as commands of nftables; the kernel takes all of them or none.</summary>
internal static class NftWriter
{
    public static void Write(StringBuilder text, RuleDiff diff, string table)
    {
        string Table(IPFamily family) => $"{family.Nft()} {table}";

        foreach (var set in diff.AddedSets) text.Append($"add set {Table(set.Family)} {set.Name} {{ {set.Spec} }}\n");
        foreach (var chain in diff.WrittenChains)
            text.Append($"add chain {Table(chain.Family)} {chain.Name}\nflush chain {Table(chain.Family)} {chain.Name}\n");
        foreach (var chain in diff.WrittenChains)
        {
            foreach (string rule in chain.Rules) text.Append($"add rule {Table(chain.Family)} {chain.Name} {rule}\n");
        }

        WriteElements(text, "delete", diff.RemovedElements, table, withValues: false);
        WriteElements(text, "add", diff.AddedElements, table, withValues: true);
        foreach (var chain in diff.RemovedChains) text.Append($"flush chain {Table(chain.Family)} {chain.Name}\n");
        foreach (var chain in diff.RemovedChains) text.Append($"delete chain {Table(chain.Family)} {chain.Name}\n");
        foreach (var set in diff.RemovedSets) text.Append($"delete set {Table(set.Family)} {set.Name}\n");
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
