using System.Text;
using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.Kubelet.Network;

/// <summary>The /etc/hosts that all containers of a pod share.</summary>
internal static class HostsFile
{
    private const string Header = "# Kubernetes-managed hosts file.\n";
    private const string HostNetworkHeader = "# Kubernetes-managed hosts file (host network).\n";

    private const string Defaults =
        "127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\nfe00::0\tip6-localnet\nfe00::0\tip6-mcastprefix\nfe00::1\tip6-allnodes\nfe00::2\tip6-allrouters\n";

    public static string For(Pod pod, PodHostname hostname, IReadOnlyList<string> podIPs, string hostFile = "/etc/hosts")
    {
        var text = new StringBuilder();
        if (pod.Spec.HostNetwork)
        {
            text.Append(HostNetworkHeader).Append(File.Exists(hostFile) ? File.ReadAllText(hostFile) : "");
        }
        else
        {
            text.Append(Header).Append(Defaults);
            foreach (var ip in podIPs)
            {
                text.Append(ip).Append('\t').Append(hostname.Domain.Length > 0 ? $"{hostname.FullName}\t" : "").Append(hostname.Name).Append('\n');
            }
        }

        if (pod.Spec.HostAliases.OrEmpty().Count > 0)
        {
            text.Append("\n# Entries added by HostAliases.\n");
            foreach (var alias in pod.Spec.HostAliases.OrEmpty())
            {
                text.Append(alias.Ip).Append('\t').AppendJoin('\t', alias.Hostnames.OrEmpty()).Append('\n');
            }
        }

        return text.ToString();
    }
}
