package dev.playcall.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is beside every page. */
class SidebarTest {
    private static final Pattern NAME = Pattern.compile("/runs\\?playbook=([^\"&]+)\"");

    @TempDir
    Path folder;

    @Test
    void playbooksOfSubFoldersComeLast() throws Exception {
        var file = folder.resolve("playbooks/agents/deploy.yml");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "- hosts: all\n  tasks: []\n");
        try (var house = new WebFixture(folder)) {
            var page = house.get("/", "Authorization", "Bearer " + WebFixture.TOKEN)
                    .body();
            var dots = page.substring(page.indexOf("id=\"dots\""), page.indexOf("</nav>", page.indexOf("id=\"dots\"")));
            var names = NAME.matcher(dots).results().map(m -> m.group(1)).toList();
            assertThat(names).containsExactly("deploy", "ping", "provision", "agents.deploy");
        }
    }
}
