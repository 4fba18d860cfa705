using System.Security.Cryptography;
using System.Text;
using Sampan.Api;

namespace Sampan.Proxy.Policies;

/// <summary>Names in the tables of policies. What depends on an object's name is hashed, since nftables' names are short.</summary>
internal static class PolicyNames
{
    public const string Table = "sampan-policy";
    public const string Deny = "deny";

    /// <summary>Pods and themselves, who may always meet.</summary>
    public const string Selves = "selves";

    /// <summary>Restricted pod → the chain of its group.</summary>
    public static string Pods(Direction direction) => $"{Word(direction)}-pods";

    public static string Hook(Direction direction) => Word(direction);

    /// <summary>The chain of all pods that the same policies select.</summary>
    public static string Group(Direction direction, IEnumerable<ObjectKey> policies) =>
        $"group-{Word(direction)}-{Hash(string.Join(' ', policies))}";

    public static string Policy(Direction direction, ObjectKey policy) => $"policy-{Word(direction)}-{Hash(policy.ToString())}";

    public static string Peers(PeerSelector selector) => $"peers-{Hash(selector.Text)}";

    public static string Port(PolicyPort port) => $"port-{port.Protocol}-{Hash(port.PortName!)}".ToLowerInvariant();

    private static string Word(Direction direction) => direction == Direction.Ingress ? "ingress" : "egress";

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 8));
}
