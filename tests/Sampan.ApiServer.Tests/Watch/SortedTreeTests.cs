using Sampan.ApiServer.Watch;

namespace Sampan.ApiServer.Tests.Watch;

public sealed class SortedTreeTests
{
    [Theory]
    [InlineData(1, 50)]
    [InlineData(2, 500)]
    [InlineData(3, 5000)]
    public void RandomChanges_AnySize_AgreeWithASortedDictionary(int seed, int keys)
    {
        var random = new Random(seed);
        var tree = SortedTree<Item>.Empty;
        var model = new SortedDictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < keys * 4; i++)
        {
            var key = $"{random.Next(3)}/{random.Next(keys)}";
            if (random.Next(5) < (i < keys * 2 ? 4 : 1))
            {
                tree = tree.Set(new Item(key, i));
                model[key] = i;
            }
            else
            {
                tree = tree.Remove(key);
                model.Remove(key);
            }

            Assert.Equal(model.Count, tree.Count);
            if (i % (keys / 10) == 0)
            {
                Compare(tree, model, random);
            }
        }
    }

    [Fact]
    public void Set_AfterASnapshot_LeavesTheSnapshot()
    {
        var tree = SortedTree<Item>.Empty;
        var snapshots = new List<SortedTree<Item>>();
        for (var i = 0; i < 200; i++)
        {
            snapshots.Add(tree);
            tree = tree.Set(new Item($"{i:d4}", i));
        }

        for (var i = 0; i < 200; i++)
        {
            Assert.Equal(Enumerable.Range(0, i), snapshots[i].Range().ToList().Select(item => item.Value));
        }
    }

    [Fact]
    public void Remove_Everything_IsEmpty()
    {
        var tree = SortedTree<Item>.Empty;
        for (var i = 0; i < 3000; i++)
        {
            tree = tree.Set(new Item($"{i * 7919 % 3000}", i));
        }

        for (var i = 0; i < 3000; i++)
        {
            tree = tree.Remove($"{i}");
            Assert.Equal(2999 - i, tree.Count);
        }

        Assert.Same(SortedTree<Item>.Empty, tree);
    }

    [Fact]
    public void Find_AbsentKey_IsNull()
    {
        Assert.Null(SortedTree<Item>.Empty.Find("a"));
        Assert.Null(SortedTree<Item>.Empty.Set(new Item("b", 1)).Find("a"));
        Assert.Same(SortedTree<Item>.Empty, SortedTree<Item>.Empty.Remove("a"));
    }

    private static void Compare(SortedTree<Item> tree, SortedDictionary<string, int> model, Random random)
    {
        var prefix = $"{random.Next(3)}/";
        var from = $"{prefix}{random.Next(100)}";
        var expected = model.Where(p => p.Key.StartsWith(prefix, StringComparison.Ordinal)).ToList();
        Assert.Equal(model.Select(p => p.Value), tree.Range().ToList().Select(i => i.Value));
        Assert.Equal(expected.Select(p => p.Key), tree.Range(prefix).ToList().Select(i => i.Key));
        Assert.Equal(expected.Count, tree.CountRange(prefix));
        var rest = expected.Where(p => string.CompareOrdinal(p.Key, from) >= 0).ToList();
        Assert.Equal(rest.Select(p => p.Key), tree.Range(prefix, from).ToList().Select(i => i.Key));
        Assert.Equal(rest.Count, tree.CountRange(prefix, from));
        Assert.Equal(model.TryGetValue(from, out var value) ? value : null, tree.Find(from)?.Value);
    }

    private sealed record Item(string Key, int Value) : IKeyed;
}
