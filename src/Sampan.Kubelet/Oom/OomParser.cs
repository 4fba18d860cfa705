using System.Globalization;
using System.Text.RegularExpressions;

namespace Sampan.Kubelet.Oom;

/// <summary>
/// Puts the lines that the kernel writes about one kill together.
/// <code>
/// dd invoked oom-killer: gfp_mask=…
/// oom-kill:constraint=CONSTRAINT_MEMCG,…,oom_memcg=/kubepods/pod1,task_memcg=/kubepods/pod1/c,task=dd,pid=99,uid=0
/// Memory cgroup out of memory: Killed process 99 (dd) total-vm:…   → (dd, 99, whole machine: no)
/// </code>
/// </summary>
internal sealed partial class OomParser
{
    private bool _isOpen;
    private bool _isOfGroup;

    /// <summary>Takes one more line.</summary>
    /// <returns>The kill that it completes, or null.</returns>
    public OomKill? Add(string line)
    {
        if (line.Contains("invoked oom-killer:", StringComparison.Ordinal))
        {
            (_isOpen, _isOfGroup) = (true, false);
            return null;
        }

        if (!_isOpen)
        {
            return null;
        }

        _isOfGroup |= Group().IsMatch(line);
        if (Victim().Match(line) is not { Success: true } victim)
        {
            return null;
        }

        _isOpen = false;
        return new OomKill(victim.Groups[2].Value, int.Parse(victim.Groups[1].Value, CultureInfo.InvariantCulture), !_isOfGroup);
    }

    /// <summary>A group other than the whole machine was full, in the words of new and of old kernels.</summary>
    [GeneratedRegex(@"oom-kill:constraint=.*,oom_memcg=/[^,]+,|Task in .+ killed as a result of limit of /.+")]
    private static partial Regex Group();

    [GeneratedRegex(@"Killed process ([0-9]+) \((.+?)\)")]
    private static partial Regex Victim();
}
