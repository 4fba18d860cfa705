using System.Globalization;
using System.Runtime.InteropServices;

namespace Sampan.Cluster.Host;

/// <summary>The person behind sudo: what belongs to the user goes into that person's home and stays theirs.</summary>
internal sealed partial record SudoUser(uint Uid, uint Gid, string Home)
{
    /// <summary>Null when the program was not started through sudo.</summary>
    public static SudoUser? Current()
    {
        if (!TryRead("SUDO_UID", out var uid) || uid == 0 || !TryRead("SUDO_GID", out var gid)) return null;
        var home = File.ReadLines("/etc/passwd").Select(line => line.Split(':'))
            .FirstOrDefault(fields => fields.Length > 5 && fields[2] == uid.ToString(CultureInfo.InvariantCulture))?[5];
        return home is null ? null : new(uid, gid, home);
    }

    /// <summary>Makes the user the owner of a file or folder.</summary>
    public void Own(string path) => _ = ChangeOwner(path, Uid, Gid);

    private static bool TryRead(string variable, out uint value) =>
        uint.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out value);

    [LibraryImport("libc", EntryPoint = "chown", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ChangeOwner(string path, uint uid, uint gid);
}
