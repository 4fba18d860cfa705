using Sampan.Api;
using Sampan.ApiServer.Printing;

namespace Sampan.ApiServer.Tests.Printing;

/// <summary>A bookmark in a watch of tables is a row of an object that has nothing but its version.</summary>
public class EmptyObjectTests
{
    public static TheoryData<string> ObjectKinds => [.. Kinds.All.Where(kind => kind.New() is IObject).Select(kind => $"{kind.ApiVersion} {kind.Kind}").Distinct()];

    [Theory]
    [MemberData(nameof(ObjectKinds))]
    public void Cells_OfAnEmptyObject_AreThere(string name)
    {
        var (version, kind) = (name.Split(' ')[0], name.Split(' ')[1]);
        var info = Kinds.Find(version, kind)!;
        var columns = Tables.For(info);
        Assert.Equal(columns.Definitions.Count, columns.Cells((IObject)info.New(), DateTimeOffset.UnixEpoch).Count);
    }
}
