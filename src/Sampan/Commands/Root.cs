namespace Sampan.Commands;

/// <summary>Commands that run containers need root: they make namespaces, mounts and firewall rules.</summary>
internal static class Root
{
    /// <summary>What to tell a user who is not root; null for root.</summary>
    public static string? Missing() => Environment.IsPrivilegedProcess
        ? null
        : $"running containers needs root: run it again as sudo {Path.GetFileName(Environment.ProcessPath)} {string.Join(' ', Environment.GetCommandLineArgs().Skip(1))}";
}
