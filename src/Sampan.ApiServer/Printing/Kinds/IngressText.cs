using Sampan.Api;
using Sampan.Api.Networking.V1;

namespace Sampan.ApiServer.Printing.Kinds;

/// <summary>Cells of ingresses, their classes and addresses.</summary>
internal static class IngressText
{
    private const int ShownHosts = 3;

    public static string Hosts(Ingress ingress)
    {
        IReadOnlyList<IngressRule> rules = ingress.Spec.Rules.OrEmpty();
        string[] hosts = [.. rules.Where(rule => !string.IsNullOrEmpty(rule.Host)).Select(rule => rule.Host!)];
        if (hosts.Length == 0)
        {
            return "*";
        }

        string shown = string.Join(',', hosts.Take(ShownHosts));
        return hosts.Length > ShownHosts || (hosts.Length == ShownHosts && string.IsNullOrEmpty(rules[^1].Host)) ? $"{shown} + {rules.Count - ShownHosts} more..." : shown;
    }

    public static string Address(Ingress ingress) => string.Join(',', (ingress.Status?.LoadBalancer?.Ingress).OrEmpty()
        .Select(address => string.IsNullOrEmpty(address.Ip) ? address.Hostname ?? "" : address.Ip)
        .Where(address => address.Length > 0)
        .Distinct(StringComparer.Ordinal)
        .Order(StringComparer.Ordinal));

    public static string Parameters(IngressClass ingressClass) => ingressClass.Spec.Parameters switch
    {
        null => CellText.None,
        { ApiGroup: { } group } p => $"{p.Kind}.{group}/{p.Name}",
        { } p => $"{p.Kind}/{p.Name}",
    };

    public static string Parent(IPAddress address)
    {
        if (address.Spec.ParentRef is not { } parent)
        {
            return CellText.None;
        }

        string resource = new GroupResource(parent.Group ?? "", parent.Resource ?? "").ToString().ToLowerInvariant();
        return string.IsNullOrEmpty(parent.Namespace) ? $"{resource}/{parent.Name}" : $"{resource}/{parent.Namespace}/{parent.Name}";
    }
}
