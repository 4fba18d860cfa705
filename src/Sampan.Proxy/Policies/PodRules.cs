using System.Net;
using Sampan.Api;
using Sampan.Proxy.Model;
using Sampan.Proxy.Rules;

namespace Sampan.Proxy.Policies;

/// <summary>What the policies that select a pod put into the tables for one address of it.</summary>
/// <param name="Policies">The policies that select the pod.</param>
/// <param name="Groups">The chains that try them, by a name that includes the family.</param>
internal sealed record PodRules(RuleObjects Objects, IReadOnlyCollection<ObjectKey> Policies, IReadOnlyDictionary<string, Chain> Groups)
{
    public static PodRules None { get; } = new(RuleObjects.None, [], new Dictionary<string, Chain>());

    public static PodRules Of(IPAddress address, PodView pod, IReadOnlyList<PolicyView> policies)
    {
        var family = IPFamilies.Of(address);
        var objects = new RuleObjects();
        var groups = new Dictionary<string, Chain>();
        objects.Elements.Add(new Element(family, PolicyNames.Selves, $"{address} . {address}"));
        foreach (var direction in Enum.GetValues<Direction>())
        {
            var restricting = policies.Where(p => p.Rules(direction) is not null).Select(p => p.Key).ToList();
            if (restricting.Count == 0) continue;
            var group = PolicyTexts.Group(family, direction, restricting);
            groups[$"{family} {group.Name}"] = group;
            objects.Elements.Add(new Element(family, PolicyNames.Pods(direction), $"{address}", $"goto {group.Name}", pod.Key.ToString()));
        }

        return new PodRules(objects, [.. policies.Select(p => p.Key)], groups);
    }
}
