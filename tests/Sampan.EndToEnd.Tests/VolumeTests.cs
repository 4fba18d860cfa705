using Sampan.EndToEnd.Tests.Cluster;

namespace Sampan.EndToEnd.Tests;

/// <summary>Volumes as containers see them: modes, users, media, parts.</summary>
public sealed class VolumeTests(TestCluster cluster) : ClusterTest(cluster)
{
    [Fact]
    public async Task EmptyDir_OfBothMediaForBothUsers_KeepsModesAndIsShared()
    {
        await ApplyAsync("""
            apiVersion: v1
            kind: Pod
            metadata: { name: modes }
            spec:
              restartPolicy: Never
              containers:
              - &main
                name: root
                image: busybox:1
                imagePullPolicy: Never
                command:
                - sh
                - -c
                - |
                  echo hello > /dir/from-$(id -u)
                  while [ ! -f /dir/from-0 ] || [ ! -f /dir/from-1001 ]; do sleep 0.1; done
                  echo $(cat /dir/from-0 /dir/from-1001)
                  for d in /dir /mem; do
                    echo $d $(stat -c %a $d)
                    for m in 644 666 777; do f=$d/$m-$(id -u); echo content > $f; chmod $m $f; echo $(stat -c '%a %u' $f) $(cat $f); done
                  done
                  mount | grep -c ' /mem type tmpfs'
                volumeMounts: [{ name: dir, mountPath: /dir }, { name: mem, mountPath: /mem }]
              - <<: *main
                name: user
                securityContext: { runAsUser: 1001 }
              volumes: [{ name: dir, emptyDir: {} }, { name: mem, emptyDir: { medium: Memory } }]
            """);
        await TestCluster.EventuallyAsync("it ended", async () => await PhaseAsync("modes") is "Succeeded" or "Failed", 90);
        Assert.Equal(Expected(0), await KubectlAsync("logs", "modes", "-c", "root"));
        Assert.Equal(Expected(1001), await KubectlAsync("logs", "modes", "-c", "user"));

        static string Expected(int user)
        {
            var files = $"644 {user} content\n666 {user} content\n777 {user} content\n";
            return $"hello hello\n/dir 777\n{files}/mem 777\n{files}1\n";
        }
    }

    [Fact]
    public async Task ImageVolume_OfAnotherImage_ShowsWhatIsInIt()
    {
        await ApplyAsync("""
            apiVersion: v1
            kind: Pod
            metadata: { name: content }
            spec:
              restartPolicy: Never
              containers:
              - name: main
                image: busybox:1
                imagePullPolicy: Never
                command: [sh, -c, "ls /image/usr/sbin; cat /part/nginx.conf | grep -c http; touch /image/new 2>/dev/null || echo read-only"]
                volumeMounts:
                - { name: image, mountPath: /image }
                - { name: image, mountPath: /part, subPath: etc/nginx }
              volumes: [{ name: image, image: { reference: "nginx:1", pullPolicy: Never } }]
            """);
        await TestCluster.EventuallyAsync("it ended", async () => await PhaseAsync("content") is "Succeeded" or "Failed", 90);
        var log = await KubectlAsync("logs", "content");
        Assert.Contains("nginx", log, StringComparison.Ordinal);
        Assert.EndsWith("read-only\n", log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SubPath_OfEachPayload_IsTheFileOrDirectoryItNames()
    {
        await KubectlAsync("create", "configmap", "settings", "--from-literal=a=map");
        await KubectlAsync("create", "secret", "generic", "keys", "--from-literal=k=hidden");
        await ApplyAsync("""
            apiVersion: v1
            kind: Pod
            metadata: { name: parts }
            spec:
              restartPolicy: Never
              containers:
              - name: main
                image: busybox:1
                imagePullPolicy: Never
                env: [{ name: POD, valueFrom: { fieldRef: { fieldPath: metadata.name } } }]
                command: [sh, -c, "cat /map/a /etc/one /secret/k /own/name /all/a; echo > /mine/file; ls /whole"]
                volumeMounts:
                - { name: map, mountPath: /map, subPath: sub }
                - { name: map, mountPath: /etc/one, subPath: sub/a }
                - { name: secret, mountPath: /secret, subPath: sub }
                - { name: own, mountPath: /own, subPath: sub }
                - { name: all, mountPath: /all, subPath: sub }
                - { name: dir, mountPath: /mine, subPathExpr: $(POD) }
                - { name: dir, mountPath: /whole }
              volumes:
              - { name: map, configMap: { name: settings, items: [{ key: a, path: sub/a }] } }
              - { name: secret, secret: { secretName: keys, items: [{ key: k, path: sub/k }] } }
              - { name: own, downwardAPI: { items: [{ path: sub/name, fieldRef: { fieldPath: metadata.name } }] } }
              - { name: all, projected: { sources: [{ configMap: { name: settings, items: [{ key: a, path: sub/a }] } }] } }
              - { name: dir, emptyDir: {} }
            """);
        await TestCluster.EventuallyAsync("it ended", async () => await PhaseAsync("parts") is "Succeeded" or "Failed", 90);
        Assert.Equal("mapmaphiddenpartsmapparts\n", await KubectlAsync("logs", "parts"));
    }

    private Task<string> PhaseAsync(string pod) => KubectlAsync("get", "pod", pod, "-o", "jsonpath={.status.phase}");
}
