using System.Globalization;
using Sampan.Kubelet.Configuration;

namespace Sampan.Kubelet.Linux;

/// <summary>
/// The users that the host's administrator sets aside for pods: those of the user named kubelet in /etc/subuid and /etc/subgid.
/// <code>getsubids kubelet ► 0: kubelet 65536 7208960</code>
/// </summary>
/// <remarks>Upstream: GetKubeletMappings in pkg/kubelet/kubelet_pods.go, MakeUserNsManager in pkg/kubelet/userns.</remarks>
internal sealed record SubordinateIds(uint First, uint Length)
{
    private const string User = "kubelet";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private static readonly Dictionary<string, string> NoEnvironment = [];

    /// <returns>Null where nothing is set aside: there is no such user, or no program that tells.</returns>
    /// <exception cref="ConfigurationException">What is set aside cannot be used.</exception>
    public static async Task<SubordinateIds?> ReadAsync(ICommands commands, string passwords, CancellationToken cancellationToken)
    {
        if (!File.Exists(passwords) || !File.ReadLines(passwords).Any(line => line.StartsWith($"{User}:", StringComparison.Ordinal)))
        {
            return null;
        }

        try
        {
            var users = await commands.RunAsync("getsubids", [User], NoEnvironment, "", Limit, cancellationToken);
            var groups = await commands.RunAsync("getsubids", ["-g", User], NoEnvironment, "", Limit, cancellationToken);
            return users == groups ? Parse(users) : throw Refused($"mismatched subuids and subgids for user \"{User}\"");
        }
        catch (CommandFailure e) when (e.IsMissing)
        {
            return null;
        }
        catch (CommandFailure e)
        {
            throw Refused($"error retrieving additional ids for user \"{User}\": {e.Message}");
        }
    }

    /// <summary>Each pod gets a whole part of it, and there is a part for each.</summary>
    /// <exception cref="ConfigurationException">It does not fit.</exception>
    public void Check(uint idsPerPod, int maxPods)
    {
        var problem = First % idsPerPod != 0 ? $"kubelet user assigned ID {First} is not a multiple of {idsPerPod}"
            : First < idsPerPod ? $"kubelet user assigned ID {First} must be greater or equal to {idsPerPod}"
            : Length % idsPerPod != 0 ? $"kubelet user assigned IDs length {Length} is not a multiple of {idsPerPod}"
            : Length / idsPerPod < maxPods ? $"kubelet user assigned IDs are not enough to support {maxPods} pods"
            : null;
        if (problem is not null)
        {
            throw Refused(problem);
        }
    }

    private static SubordinateIds Parse(string output)
    {
        var lines = output.Trim('\n').Split('\n');
        if (lines.Length != 1)
        {
            throw Refused($"error parsing line \"{output}\": it must contain only one line");
        }

        return lines[0].Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries) is [_, _, var first, var length]
            && uint.TryParse(first, CultureInfo.InvariantCulture, out var from) && uint.TryParse(length, CultureInfo.InvariantCulture, out var count)
            ? new(from, count)
            : throw Refused($"invalid line \"{lines[0]}\"");
    }

    private static ConfigurationException Refused(string why) => new($"create user namespace manager: {why}");
}
