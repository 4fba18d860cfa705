using System.Runtime.CompilerServices;
using Sampan.Api;
using Sampan.Api.Autoscaling.V1;
using Sampan.ApiServer.Printing;
using Sampan.ApiServer.Registry;
using Sampan.ApiServer.Tests.Server;

namespace Sampan.ApiServer.Tests.Printing;

/// <summary>
/// The columns of every served kind are those of upstream's printers, as testdata/columns.txt lists them:
/// a line for the kind, then a line for each column with its name, type, format and, for those that only -o wide shows, "wide".
/// </summary>
public sealed class ColumnsTests
{
    [Fact]
    public void Columns_OfEveryServedKind_AreUpstreams()
    {
        var actual = string.Concat(BuiltInResources.Build([]).Select(resource => resource.Kind).Where(kind => kind.Verbs.Contains("get"))
            .Append(Scale.Info).Distinct().OrderBy(kind => kind.GroupVersionKind.ToString(), StringComparer.Ordinal).Select(Describe));
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1") File.WriteAllText(Path.Combine(Root(), "columns.txt"), actual);
        Assert.Equal(File.ReadAllText(Path.Combine(Root(), "columns.txt")), actual);
    }

    [Fact]
    public async Task Rows_OfFlowSchemas_AreInTheOrderInWhichTheyAreTried()
    {
        await using var server = await TestServer.StartAsync();
        var answer = await server.SendAsync("GET", "/apis/flowcontrol.apiserver.k8s.io/v1/flowschemas", accept: "application/json;as=Table;g=meta.k8s.io;v=v1");
        var precedences = answer.Json["rows"]!.AsArray().Select(row => (int)row!["cells"]![2]!).ToList();
        Assert.True(precedences.Count > 5);
        Assert.Equal(precedences.Order(), precedences);
    }

    private static string Describe(KindInfo kind)
    {
        var columns = Tables.For(kind).Definitions.Select(column =>
            $"  {column.Name} | {column.Type}{(column.Format.Length > 0 ? $" {column.Format}" : "")}{(column.Priority > 0 ? " wide" : "")}\n");
        return $"{kind.ApiVersion} {kind.Kind}\n{string.Concat(columns)}";
    }

    private static string Root([CallerFilePath] string source = "") => Path.Combine(Path.GetDirectoryName(source)!, "testdata");
}
