namespace Sampan.Kubelet.Server;

/// <summary>Who uses the kubelet's API.</summary>
internal sealed record Caller(string Name, string Uid, IReadOnlyList<string> Groups)
{
    public static readonly Caller Anonymous = new("system:anonymous", "", ["system:unauthenticated"]);
}
